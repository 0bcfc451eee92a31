//! How many there are: changed at once, which can be undone for a while, or when the next term begins.

use diesel::prelude::*;

use super::super::model::Subscription;
use super::super::model::rules::Action;
use super::super::wrong::Wrong;
use super::edit::{Changed, Edit, Subject, current};
use super::{assigned, undo};
use crate::access::permission::{ManageSubscriptions, RaiseSubscriptions};
use crate::access::{Allowed, Permission as _};
use crate::activity::{Action as Done, Change, Entry};
use crate::catalog;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::{Error, Result};
use crate::notifications::Kind;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;

/// How many there are to be, and from when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub quantity: Quantity,
    pub when: When,
}

/// From when on a quantity holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    AtOnce,
    /// When the next term begins.
    AtRenewal,
}

/// Why the quantity cannot be changed to this one, before anybody is asked whether they mean it. What a rule refuses
/// is recorded, and nothing else is written.
///
/// # Errors
/// [`Error::NotFound`] beyond the viewer's reach; [`Error::Forbidden`] where it is to be raised and the viewer may not;
/// database errors.
pub fn try_it(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    wanted: Wanted,
) -> Result<Option<Changed>> {
    Ok(prepared(conn, by, edit, wanted)?.err())
}

/// Changes how many there are, or will be.
///
/// # Errors
/// As for [`try_it`].
pub fn change(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    wanted: Wanted,
) -> Result<Changed> {
    let (subject, entry) = match prepared(conn, by, edit, wanted)? {
        Ok(change) => change,
        Err(obstacle) => return Ok(obstacle),
    };
    let (old, new) = (subject.subscription.quantity, wanted.quantity);
    if wanted.when == When::AtRenewal {
        let planned = Some(new).filter(|new| *new != old);
        return plan(conn, by, (&subject, edit), (planned, &entry));
    }
    // What was planned and is so now is planned no longer.
    let planned = subject.subscription.renewal_quantity.filter(|planned| *planned != new);
    let met = diesel::update(current(edit))
        .set((
            subscriptions::quantity.eq(new),
            subscriptions::renewal_quantity.eq(planned),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    if met == 1 {
        undo::keep(conn, by, &subject.subscription, new, edit.now)?;
    }
    let dropped = subject.subscription.renewal_quantity.filter(|_| planned.is_none());
    let entry = entry.with(dropped.map(|dropped| Change::new("renewal_quantity", dropped, "")));
    let event = subject.event(Kind::QuantityChanged).changed(old, new);
    subject.finish_and_tell(conn, by, (met, &entry, &event), edit.now)
}

/// Withdraws what was planned for the next term: the quantity stays.
///
/// # Errors
/// [`Error::NotFound`] beyond the viewer's reach; database errors.
pub fn withdraw_plan(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    let subscription = &subject.subscription;
    let Some(planned) = subscription.renewal_quantity else { return Ok(Changed::Same) };
    if planned < subscription.quantity {
        demand_raising(by)?;
    }
    let change = Change::new("renewal_quantity", planned, subscription.quantity);
    let entry = subject.entry(Done::UpdateSubscription, [change]);
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (Action::WithdrawPlan, &entry))? {
        return Ok(obstacle);
    }
    plan(conn, by, (&subject, edit), (None, &entry))
}

fn plan(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    (subject, edit): (&Subject, &Edit),
    (planned, entry): (Option<Quantity>, &Entry),
) -> Result<Changed> {
    let met = diesel::update(current(edit))
        .set((
            subscriptions::renewal_quantity.eq(planned),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    subject.finish(conn, by, (met, entry), edit.now)
}

/// The subscription with the record of the change, if nothing stands in its way.
fn prepared(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    wanted: Wanted,
) -> Result<Result<(Subject, Entry), Changed>> {
    let subject = Subject::find(conn, by, edit)?;
    let (old, new) = (before(&subject.subscription, wanted.when), wanted.quantity);
    if old == new {
        return Ok(Err(Changed::Same));
    }
    if new > old {
        demand_raising(by)?;
    }
    let field = if wanted.when == When::AtOnce { "quantity" } else { "renewal_quantity" };
    let entry = subject.entry(Done::UpdateSubscription, [Change::new(field, old, new)]);
    let action = match wanted.when {
        When::AtRenewal if new > old => Action::PlanRaise,
        When::AtRenewal => Action::PlanQuantity,
        When::AtOnce if new > old => Action::RaiseQuantity,
        When::AtOnce => Action::ReduceQuantity,
    };
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (action, &entry))? {
        return Ok(Err(obstacle));
    }
    Ok(match problem(conn, &subject, (wanted, edit))? {
        Some(problem) => Err(Changed::Wrong(problem)),
        None => Ok((subject, entry)),
    })
}

/// How many there are, or are to be by what was planned.
fn before(subscription: &Subscription, when: When) -> Quantity {
    if when == When::AtOnce { subscription.quantity } else { subscription.quantity_then() }
}

/// A suspended organisation only reduces.
fn demand_raising(by: &Allowed<ManageSubscriptions>) -> Result<()> {
    if by.may::<RaiseSubscriptions>() { Ok(()) } else { Err(Error::Forbidden(RaiseSubscriptions::KEY)) }
}

fn problem(
    conn: &mut Connection,
    subject: &Subject,
    (wanted, edit): (Wanted, &Edit),
) -> Result<Option<Problem>> {
    let offer = catalog::store::find(conn, &subject.subscription.offer)?;
    match wanted.quantity.get() {
        few if few < offer.minimum => Ok(Some(Problem::Below { minimum: offer.minimum })),
        many if many > offer.maximum => Ok(Some(Problem::Above { maximum: offer.maximum })),
        // Until the next term begins, there is time to take licenses away.
        _ if wanted.when == When::AtRenewal => Ok(None),
        _ => below_assigned(conn, subject, wanted.quantity, edit),
    }
}

/// Users keep their licenses until somebody takes them away.
///
/// # Errors
/// Database errors.
pub(super) fn below_assigned(
    conn: &mut Connection,
    subject: &Subject,
    quantity: Quantity,
    edit: &Edit,
) -> Result<Option<Problem>> {
    let subscription = &subject.subscription;
    if quantity >= subscription.quantity {
        return Ok(None);
    }
    let excess = assigned::of(conn, subscription, edit.now.day())?.beyond(quantity.get());
    let is_open = subject.customer.is_held;
    Ok((excess > 0).then(|| Wrong::BelowAssigned { excess, is_open }.into()))
}
