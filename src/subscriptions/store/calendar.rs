//! What the portal does by itself when a day comes: terms renew or end, and what was kept of suspended subscriptions is
//! deleted. Each subscription is written together with its add-ons and the records about them, and only as it was read,
//! so that several instances do each thing once. A portal that was off does in the order of days what came meanwhile.

use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::super::model::calendar::{Turn, going_on};
use super::super::model::{End, Status, Subscription, term};
use super::add_ons;
use super::edit::{as_read, demand_met, entry_about, mark_deleted};
use super::prices::Prices;
use super::row::Row;
use super::telling::{self, Told};
use crate::access::Reach;
use crate::activity::{Action, Change, Entry};
use crate::customers;
use crate::customers::model::Customer;
use crate::customers::store::soon;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::transfers::facts::is_under_way;
use crate::values::id::{PromotionId, SubscriptionId};
use crate::values::moment::{Moment, days_after};

/// So many subscriptions have their turn in one transaction.
const AT_ONCE: usize = 50;

/// Gives some subscriptions their turn whose day has come, those of the earliest day first. Answers how many.
///
/// # Errors
/// Database errors.
pub fn pass_some(conn: &mut Connection, now: Moment) -> Result<usize> {
    let mut prices = Prices::default();
    let mut done = 0;
    for id in due(conn, now.day())? {
        // The turn of another one may have been its own, too.
        let subscription: Row = subscriptions::table.find(&id).select(Row::as_select()).first(conn)?;
        done += usize::from(pass(conn, &subscription.into(), &mut prices, now)?);
    }
    Ok(done)
}

/// Of whom the day has come, the earliest first.
fn due(conn: &mut Connection, today: NaiveDate) -> Result<Vec<SubscriptionId>> {
    let most = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
    let over: Vec<DueRow> = subscriptions::table
        .filter(subscriptions::ended_on.is_null())
        .filter(subscriptions::parent_id.is_null())
        .filter(subscriptions::renews_on.le(today))
        .filter(has_turn())
        .order((subscriptions::renews_on, subscriptions::id))
        .select(DueRow::as_select())
        .limit(most)
        .load(conn)?;
    let gone: Vec<DueRow> = subscriptions::table
        .filter(subscriptions::ended_on.is_null())
        .filter(subscriptions::kept_until.is_not_null())
        .filter(subscriptions::kept_until.lt(today))
        .order((subscriptions::kept_until, subscriptions::id))
        .select(DueRow::as_select())
        .limit(most)
        .load(conn)?;
    let over = over.into_iter().map(|row| (row.renews_on, row.id));
    let gone = gone.into_iter().map(|row| (days_after(row.kept_until.unwrap_or(row.renews_on), 1), row.id));
    let mut all: Vec<(NaiveDate, SubscriptionId)> = over.chain(gone).collect();
    all.sort_unstable();
    // Behind these, either list may lack what it was not asked for.
    Ok(all.into_iter().take(AT_ONCE).map(|(_, id)| id).collect())
}

/// That the end of its term brings something: what has ended already, runs without one or is suspended until its data is
/// deleted waits for nothing.
#[auto_type]
pub(super) fn has_turn() -> _ {
    let (deleted, suspended): (Status, Status) = (Status::Deleted, Status::Suspended);
    let endless: i32 = term::ENDLESS_MONTHS;
    let is_kept =
        subscriptions::auto_renews.and(subscriptions::kept_until.ge(subscriptions::renews_on.nullable()));
    subscriptions::status
        .ne(deleted)
        .and(subscriptions::term_months.lt(endless))
        .and(subscriptions::status.ne(suspended).or(is_kept.assume_not_null()))
}

/// What the calendar looks for.
#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
struct DueRow {
    id: SubscriptionId,
    renews_on: NaiveDate,
    kept_until: Option<NaiveDate>,
}

/// The first thing that has come for a subscription; `false` where nothing has.
fn pass(
    conn: &mut Connection,
    subscription: &Subscription,
    prices: &mut Prices,
    now: Moment,
) -> Result<bool> {
    let Some((on, turn)) = subscription.next_turn().filter(|(on, _)| *on <= now.day()) else {
        return Ok(false);
    };
    let of_provider = Reach::Provider(subscription.provider);
    let customer = customers::store::find(conn, &of_provider, &subscription.customer)?;
    let below = add_ons::below(conn, &subscription.id)?;
    let below: Vec<Subscription> =
        below.into_iter().filter(|add_on| add_on.status != Status::Deleted).collect();
    let told = Told::of(conn, &customer)?;
    match turn {
        Turn::End(reason) => {
            end(conn, (subscription, &told), (on, reason), now)?;
            for add_on in &below {
                end(conn, (add_on, &told), (on, reason), now)?;
            }
        }
        Turn::Renew => {
            let renews_on =
                term::next_renewal(subscription.starts_on, subscription.renews_on, subscription.term_months);
            renew(conn, (subscription, &told), (on, renews_on), prices, now)?;
            let going_on = going_on(subscription, &below);
            for add_on in &below {
                match going_on.contains(&add_on.id) {
                    true if !term::ends(add_on.term_months) => {}
                    true => renew(conn, (add_on, &told), (on, renews_on), prices, now)?,
                    false => end(conn, (add_on, &told), (on, End::Expired), now)?,
                }
            }
        }
    }
    soon::keep(conn, &subscription.customer, now.day())?;
    Ok(true)
}

/// Another term begins on a day, with as many as are planned for it, at what the catalogue asks for that day; at the old
/// price where it asks nothing.
fn renew(
    conn: &mut Connection,
    (subscription, told): (&Subscription, &Told),
    (on, renews_on): (NaiveDate, NaiveDate),
    prices: &mut Prices,
    now: Moment,
) -> Result<()> {
    let price = prices.of(conn, subscription, on)?.unwrap_or(subscription.unit_price);
    // How many there are is frozen while the file of a transfer is open: what is planned waits for the term after.
    let is_frozen = subscription.renewal_quantity.is_some() && is_under_way(conn, &subscription.id)?;
    let planned = subscription.renewal_quantity.filter(|_| is_frozen);
    let quantity = if is_frozen { subscription.quantity } else { subscription.quantity_then() };
    let met = diesel::update(as_read(subscription))
        .set((
            subscriptions::renews_on.eq(renews_on),
            subscriptions::unit_price_minor.eq(price.minor),
            subscriptions::quantity.eq(quantity),
            subscriptions::renewal_quantity.eq(planned),
            subscriptions::promotion_id.eq(None::<PromotionId>),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    demand_met(met)?;
    let dearer = Change::new("unit_price", subscription.unit_price, price);
    let other = Change::new("quantity", subscription.quantity, quantity);
    let entry = entry(subscription, &told.customer, Action::RenewSubscription)
        .with([Change::new("renews_on", subscription.renews_on, renews_on)])
        .with((price != subscription.unit_price).then_some(dearer))
        .with((quantity != subscription.quantity).then_some(other));
    telling::record(conn, (subscription, told), &entry, now)?;
    Ok(())
}

fn end(
    conn: &mut Connection,
    (subscription, told): (&Subscription, &Told),
    (on, reason): (NaiveDate, End),
    now: Moment,
) -> Result<()> {
    mark_deleted(conn, subscription, (on, reason))?;
    let changes = [
        Change::new("status", subscription.status.as_text(), Status::Deleted.as_text()),
        Change::set("end_reason", reason.as_text()),
    ];
    let entry = entry(subscription, &told.customer, Action::EndSubscription).with(changes);
    let resellers = telling::record(conn, (subscription, told), &entry, now)?;
    telling::tell_end(conn, (subscription, told), (reason, &resellers), now)
}

fn entry(subscription: &Subscription, customer: &Customer, action: Action) -> Entry {
    entry_about(subscription, (&customer.id, &customer.account.company_name), action, [])
}
