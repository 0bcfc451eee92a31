//! What people do meanwhile: one deed a day, each in its turn, to whichever subscription it can be done to.

use chrono::NaiveDate;
use diesel::prelude::*;
use twotier::access::permission::{
    ConvertTrials, ManageSubscriptions, Permission, RaiseSubscriptions, UpgradeSubscriptions,
};
use twotier::access::{Allowed, Role};
use twotier::db::Connection;
use twotier::db::schema::{people, person_roles, subscriptions};
use twotier::error::{Error, Result};
use twotier::gate;
use twotier::subscriptions::model::purchase;
use twotier::subscriptions::model::{Reason, Subscription};
use twotier::subscriptions::store::edit::{Changed, Edit};
use twotier::subscriptions::store::quantity::{Wanted, When};
use twotier::subscriptions::store::undo::Undone;
use twotier::subscriptions::store::{changes, conversion, quantity, renewal, undo};
use twotier::upgrades::model::Wanted as Upgrading;
use twotier::upgrades::store::{self as upgrades, Upgraded};
use twotier::values::id::{OrganisationId, PersonId, SubscriptionId};
use twotier::values::moment::Moment;
use twotier::values::quantity::Quantity;

use crate::support::portal::Portal;

const GOING_ON: &str = "ended_on IS NULL AND status = 'active' AND parent_id IS NULL";

/// So many are tried until one can be done.
const TRIED: usize = 5;

/// What is done in its turn, to one of those that fulfil a condition.
pub const DEEDS: [(&str, &str, Deed); 9] = [
    ("raises a quantity", "NOT is_trial AND unit = 'licenses'", raise),
    (
        "undoes that",
        "EXISTS (SELECT 1 FROM quantity_changes made WHERE made.subscription_id = subscriptions.id AND made.is_latest AND made.undo_until >= '{now}')",
        take_back,
    ),
    ("plans fewer", "NOT is_trial AND auto_renews AND unit = 'licenses' AND quantity > 5", plan),
    ("converts a trial", "is_trial", convert),
    (
        "upgrades",
        "NOT is_trial AND EXISTS (SELECT 1 FROM offer_upgrades path WHERE path.offer_id = subscriptions.offer_id)",
        upgrade,
    ),
    ("suspends", "NOT is_trial AND term_months < 1200", suspend),
    ("reactivates", "", reactivate),
    ("lets one end", "NOT is_trial AND auto_renews AND term_months < 1200", let_end),
    ("lets it renew after all", "NOT is_trial AND NOT auto_renews AND term_months < 1200", let_renew),
];

/// Answers whether it was done.
pub type Deed = fn(&mut Connection, &Edit) -> Result<bool>;

/// Does the deed of a day, if there is anything to do it to; says which one was done.
pub async fn of_day(portal: &Portal, day: NaiveDate, nth: u64) -> Option<&'static str> {
    let turn = usize::try_from(nth).unwrap() % DEEDS.len();
    let (what, condition, deed) = *DEEDS.get(turn)?;
    let standing = match what {
        "reactivates" => "ended_on IS NULL AND status = 'suspended' AND parent_id IS NULL",
        _ => GOING_ON,
    };
    let now = Moment::start_of(day).plus_seconds(36_000);
    let condition =
        if condition.is_empty() { standing.to_owned() } else { format!("{standing} AND {condition}") };
    let condition = condition.replace("{now}", &now.iso().replace('T', " ").replace('Z', ""));
    let sql = format!("SELECT id AS text FROM subscriptions WHERE {condition} ORDER BY id");
    let found = portal.database.texts(&sql);
    // Another one each time, since what the rules refuse once they refuse again.
    let first = usize::try_from(nth * 7).unwrap().checked_rem(found.len())?;
    for chosen in found.iter().cycle().skip(first).take(found.len().min(TRIED)) {
        let id = SubscriptionId::parse(chosen).unwrap();
        let version = portal
            .query(move |conn| {
                Ok(subscriptions::table.find(id).select(subscriptions::version).first(conn)?)
            })
            .await;
        let edit = Edit { id, version, now };
        match portal.db.write(move |conn| deed(conn, &edit)).await {
            Ok(true) => return Some(what),
            // The relationship with its customer has ended.
            Ok(false) | Err(Error::NotFound) => {}
            Err(error) => panic!("{what} {id}: {error:?}"),
        }
    }
    None
}

/// An Admin agent of the provider whose subscription it is.
fn agent<P: Permission>(conn: &mut Connection, edit: &Edit) -> Result<Allowed<P>> {
    let provider: OrganisationId =
        subscriptions::table.find(&edit.id).select(subscriptions::provider_id).first(conn)?;
    let agent: PersonId = people::table
        .inner_join(person_roles::table)
        .filter(people::organisation_id.eq(provider))
        .filter(people::state.eq("active"))
        .filter(person_roles::role.eq(Role::AdminAgent))
        .order(people::id)
        .select(people::id)
        .first(conn)?;
    let viewer = gate::absent(conn, &agent)?.ok_or(Error::NotFound)?;
    Allowed::check(&viewer)
}

fn found(conn: &mut Connection, by: &Allowed<impl Permission>, edit: &Edit) -> Result<Subscription> {
    twotier::subscriptions::store::find(conn, &by.reach(), &edit.id)
}

fn raise(conn: &mut Connection, edit: &Edit) -> Result<bool> {
    let by = agent::<ManageSubscriptions>(conn, edit)?;
    let more = Quantity::of(found(conn, &by, edit)?.quantity.get() + 1);
    let wanted = Wanted { quantity: more, when: When::AtOnce };
    Ok(quantity::change(conn, &by, edit, wanted)? == Changed::Done)
}

fn take_back(conn: &mut Connection, edit: &Edit) -> Result<bool> {
    let by = agent::<ManageSubscriptions>(conn, edit)?;
    let Some((change, _)) = undo::question(conn, &by, &edit.id, edit.now)?.change else { return Ok(false) };
    Ok(undo::undo(conn, &by, edit, &change.id)? == Undone::Changed(Changed::Done))
}

fn plan(conn: &mut Connection, edit: &Edit) -> Result<bool> {
    let by = agent::<ManageSubscriptions>(conn, edit)?;
    let fewer = Quantity::of(found(conn, &by, edit)?.quantity.get() - 1);
    let wanted = Wanted { quantity: fewer, when: When::AtRenewal };
    Ok(quantity::change(conn, &by, edit, wanted)? == Changed::Done)
}

fn convert(conn: &mut Connection, edit: &Edit) -> Result<bool> {
    let by = agent::<ConvertTrials>(conn, edit)?;
    let question = conversion::question(conn, &by, &edit.id, edit.now)?;
    let Ok(conversion) = question.answer else { return Ok(false) };
    let quantity = conversion.usual_quantity(&question.details.subscription);
    let Some(billing) = conversion.offer().billings().first().copied() else { return Ok(false) };
    let wanted = purchase::Wanted { quantity, billing };
    let mark = wanted.mark(&conversion.paid);
    Ok(conversion::convert(conn, &by, edit, (wanted, &mark))? == Changed::Done)
}

fn upgrade(conn: &mut Connection, edit: &Edit) -> Result<bool> {
    let by = agent::<UpgradeSubscriptions>(conn, edit)?;
    let Ok(upgrade) = upgrades::question(conn, &by, &edit.id, edit.now)?.answer else { return Ok(false) };
    let Some(target) = upgrade.possible().next() else { return Ok(false) };
    let billing = upgrade.fixed_billing.or_else(|| target.offer().billings().first().copied());
    let Some(billing) = billing else { return Ok(false) };
    let how = purchase::Wanted { quantity: upgrade.subscription.quantity, billing };
    let (wanted, mark) = (Upgrading { target: target.offer().id, how }, how.mark(&target.listed));
    Ok(matches!(upgrades::upgrade(conn, &by, edit, (wanted, &mark))?, Upgraded::Done(_)))
}

fn suspend(conn: &mut Connection, edit: &Edit) -> Result<bool> {
    let by = agent::<ManageSubscriptions>(conn, edit)?;
    Ok(changes::suspend(conn, &by, edit, Reason::CustomerRequest)? == Changed::Done)
}

fn reactivate(conn: &mut Connection, edit: &Edit) -> Result<bool> {
    let by = agent::<RaiseSubscriptions>(conn, edit)?;
    Ok(changes::reactivate(conn, &by, edit)? == Changed::Done)
}

fn let_end(conn: &mut Connection, edit: &Edit) -> Result<bool> {
    let by = agent::<ManageSubscriptions>(conn, edit)?;
    Ok(renewal::decide(conn, &by, edit, false)? == Changed::Done)
}

fn let_renew(conn: &mut Connection, edit: &Edit) -> Result<bool> {
    let by = agent::<ManageSubscriptions>(conn, edit)?;
    Ok(renewal::decide(conn, &by, edit, true)? == Changed::Done)
}
