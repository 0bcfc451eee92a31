//! Making a paid subscription of a trial.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::model::conversion::Conversion;
use super::super::model::purchase::Wanted;
use super::super::model::rules::{Action, Refusal};
use super::super::model::{Subscription, term};
use super::super::wrong::Wrong;
use super::details::{self, Details};
use super::edit::{Changed, Edit, Subject, as_read, current, demand_met, entry_about};
use super::purchase::offered;
use super::{add_ons, assigned, concerned};
use crate::access::Allowed;
use crate::access::permission::ConvertTrials;
use crate::activity::{self, Action as Done, Change};
use crate::catalog;
use crate::customers;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::licenses;
use crate::notifications::Kind;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// What is to become of a trial, and what it would become or why it cannot.
#[derive(Clone, Debug)]
pub struct Question {
    pub details: Details,
    pub answer: Result<Conversion, Refusal>,
}

/// What converting a trial within reach would do.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn question(
    conn: &mut Connection,
    by: &Allowed<ConvertTrials>,
    id: &SubscriptionId,
    now: Moment,
) -> Result<Question> {
    let details = details::of(conn, by, id, now)?;
    let answer = match details.state.check(Action::Convert) {
        Ok(()) => conversion(conn, by, &details.subscription, now)?,
        Err(refusal) => Err(refusal),
    };
    Ok(Question { details, answer })
}

fn conversion(
    conn: &mut Connection,
    by: &Allowed<ConvertTrials>,
    trial: &Subscription,
    now: Moment,
) -> Result<Result<Conversion, Refusal>> {
    let Some(target) = catalog::store::find(conn, &trial.offer)?.converts_to else {
        return Ok(Err(Refusal::NoPaidOffer));
    };
    let customer = customers::store::find(conn, &by.reach(), &trial.customer)?;
    let paid = match offered(conn, by, (&customer, &target, trial.earner()), now.day())? {
        Ok(paid) => paid,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // Licenses do not become usage.
    if paid.offer.unit != trial.unit {
        return Ok(Err(Refusal::NoPaidOffer));
    }
    let users = assigned::of(conn, trial, now.day())?.beyond(0);
    Ok(Ok(Conversion { paid, users }))
}

/// Converts it: the same subscription, of the paid offer from today on. Users keep their licenses. `mark` is that of what
/// the page has shown.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn convert(
    conn: &mut Connection,
    by: &Allowed<ConvertTrials>,
    edit: &Edit,
    (wanted, mark): (Wanted, &str),
) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    let trial = &subject.subscription;
    if !trial.is_trial && trial.trial_of.is_some() {
        return Ok(Changed::Same);
    }
    let entry = subject.entry(Done::ConvertTrial, [Change::set("quantity", wanted.quantity)]);
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (Action::Convert, &entry))? {
        return Ok(obstacle);
    }
    let conversion = match conversion(conn, by, trial, edit.now)? {
        Ok(conversion) => conversion,
        Err(refusal) => {
            subject.record(conn, by, &entry.failed(), edit.now)?;
            return Ok(Changed::Refused(refusal));
        }
    };
    let Some(price) = wanted.unit_price(&conversion.paid) else { return Ok(Changed::Stale) };
    if wanted.mark(&conversion.paid) != mark {
        return Ok(Changed::Stale);
    }
    let excess = conversion.left_without(wanted.quantity);
    if excess > 0 {
        return Ok(Changed::Wrong(Wrong::BelowAssigned { excess, is_open: subject.customer.is_held }.into()));
    }
    let paid = conversion.offer();
    let nickname = if trial.has_own_nickname() { &trial.nickname } else { &paid.name };
    let term = wanted.term(paid, edit.now.day());
    let met = diesel::update(current(edit))
        .set((
            subscriptions::offer_id.eq(&paid.id),
            subscriptions::offer_name.eq(&paid.name),
            subscriptions::nickname.eq(nickname),
            subscriptions::sort_name.eq(sort_name(nickname)),
            subscriptions::unit.eq(paid.unit),
            subscriptions::quantity.eq(wanted.quantity),
            subscriptions::billing.eq(wanted.billing),
            subscriptions::currency.eq(price.currency),
            subscriptions::unit_price_minor.eq(price.minor),
            subscriptions::promotion_id.eq(conversion.paid.promotion()),
            subscriptions::is_trial.eq(false),
            subscriptions::auto_renews.eq(true),
            subscriptions::starts_on.eq(term.starts_on),
            subscriptions::renews_on.eq(term.renews_on),
            subscriptions::term_months.eq(term.months),
            subscriptions::trial_offer_id.eq(Some(&trial.offer)),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    demand_met(met)?;
    licenses::store::carry_over(conn, &trial.customer, (&trial.offer, &paid.id), conversion.users)?;
    align_add_ons(conn, by, (&subject, &paid.name), (term.renews_on, edit.now))?;
    let entry = subject.entry(
        Done::ConvertTrial,
        [
            Change::new("offer", &trial.offer_name, &paid.name),
            Change::new("quantity", trial.quantity, wanted.quantity),
            Change::set("billing", wanted.billing.as_text()),
            Change::set("unit_price", price),
            Change::new("renews_on", trial.renews_on, term.renews_on),
        ],
    );
    let event = subject.event(Kind::TrialConverted).changed(&trial.offer_name, &paid.name);
    concerned::tell(conn, by, trial, (&entry, &event), edit.now)?;
    subject.finish(conn, by, (met, &entry), edit.now)
}

/// Add-ons renew with what they are added to.
fn align_add_ons(
    conn: &mut Connection,
    by: &Allowed<ConvertTrials>,
    (subject, paid): (&Subject, &str),
    (renews_on, now): (NaiveDate, Moment),
) -> Result<()> {
    for add_on in add_ons::below(conn, &subject.subscription.id)? {
        if add_on.ended.is_some() || !term::ends(add_on.term_months) {
            continue;
        }
        let met = diesel::update(as_read(&add_on))
            .set((
                subscriptions::renews_on.eq(renews_on),
                subscriptions::version.eq(subscriptions::version + 1),
            ))
            .execute(conn)?;
        demand_met(met)?;
        let changes = [Change::new("renews_on", add_on.renews_on, renews_on), Change::set("with_base", paid)];
        let customer = (&subject.customer.id, subject.customer.company_name.as_str());
        let entry = entry_about(&add_on, customer, Done::UpdateSubscription, changes);
        activity::store::record(conn, by, &entry, now)?;
    }
    Ok(())
}
