//! Quantity, nickname, suspension and reactivation.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::model::rules::{Action, kept_until};
use super::super::model::{Reason, Status, Subscription};
use super::super::wrong::Wrong;
use super::add_ons;
use super::assigned;
use super::edit::{Changed, Edit, Subject, as_read, current, entry_about};
use crate::access::permission::{ManageSubscriptions, RaiseSubscriptions};
use crate::access::{Allowed, Permission as _};
use crate::activity::{Action as Done, Change, Entry};
use crate::catalog;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::{Error, Result};
use crate::notifications::Kind;
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;

/// Why the quantity cannot be changed to this one, before anybody is asked whether they mean it. What a rule refuses
/// is recorded, and nothing else is written.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn try_quantity(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    quantity: Quantity,
) -> Result<Option<Changed>> {
    Ok(quantity_change(conn, by, edit, quantity)?.err())
}

/// Changes how many there are.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn change_quantity(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    quantity: Quantity,
) -> Result<Changed> {
    let (subject, entry) = match quantity_change(conn, by, edit, quantity)? {
        Ok(change) => change,
        Err(obstacle) => return Ok(obstacle),
    };
    let met = diesel::update(current(edit))
        .set((subscriptions::quantity.eq(quantity), subscriptions::version.eq(subscriptions::version + 1)))
        .execute(conn)?;
    let event = subject.event(Kind::QuantityChanged).changed(subject.subscription.quantity, quantity);
    subject.finish_and_tell(conn, by, (met, &entry, &event), edit.now)
}

/// The subscription with the record of the change, if nothing stands in its way.
fn quantity_change(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    quantity: Quantity,
) -> Result<Result<(Subject, Entry), Changed>> {
    let subject = Subject::find(conn, by, edit)?;
    let old = subject.subscription.quantity;
    if old == quantity {
        return Ok(Err(Changed::Same));
    }
    // A suspended organisation only reduces.
    if quantity > old && !by.may::<RaiseSubscriptions>() {
        return Err(Error::Forbidden(RaiseSubscriptions::KEY));
    }
    let entry = subject.entry(Done::UpdateSubscription, [Change::new("quantity", old, quantity)]);
    let action = if quantity > old { Action::RaiseQuantity } else { Action::ChangeQuantity };
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (action, &entry))? {
        return Ok(Err(obstacle));
    }
    let offer = catalog::store::find(conn, &subject.subscription.offer)?;
    Ok(match quantity.get() {
        few if few < offer.minimum => Err(Changed::Wrong(Problem::Below { minimum: offer.minimum })),
        many if many > offer.maximum => Err(Changed::Wrong(Problem::Above { maximum: offer.maximum })),
        _ => match below_assigned(conn, &subject, quantity, edit)? {
            Some(problem) => Err(Changed::Wrong(problem)),
            None => Ok((subject, entry)),
        },
    })
}

/// Users keep their licenses until somebody takes them away.
fn below_assigned(
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

/// Gives it another name, under which it is listed from now on.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn rename(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    nickname: &str,
) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    let old = &subject.subscription.nickname;
    if old == nickname {
        return Ok(Changed::Same);
    }
    let entry = subject.entry(Done::UpdateSubscription, [Change::new("nickname", old, nickname)]);
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (Action::Rename, &entry))? {
        return Ok(obstacle);
    }
    let met = diesel::update(current(edit))
        .set((
            subscriptions::nickname.eq(nickname),
            subscriptions::sort_name.eq(sort_name(nickname)),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    subject.finish(conn, by, (met, &entry), edit.now)
}

/// Suspends it together with the active add-ons below it. The renewal date stays.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn suspend(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    reason: Reason,
) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    let subscription = &subject.subscription;
    if subject.state.status == Status::Suspended && subscription.suspension_reason == Some(reason) {
        return Ok(Changed::Same);
    }
    let entry = subject.entry(Done::SuspendSubscription, suspension(subscription.status, reason, edit));
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (Action::Suspend, &entry))? {
        return Ok(obstacle);
    }
    if set_suspended(conn, subscription, reason, edit)? == 0 {
        return Ok(Changed::Stale);
    }
    let below = add_ons::below(conn, &subscription.id)?;
    for add_on in below.into_iter().filter(|add_on| add_on.status == Status::Active) {
        set_suspended(conn, &add_on, reason, edit)?;
        let changes = suspension(add_on.status, reason, edit)
            .into_iter()
            .chain([Change::set("with_base", &subscription.nickname)]);
        let customer = (&subject.customer.id, subject.customer.company_name.as_str());
        let entry = entry_about(&add_on, customer, Done::SuspendSubscription, changes);
        subject.record_below(conn, by, (&add_on, &entry), edit.now)?;
    }
    let event = subject.event(Kind::SubscriptionSuspended).changed("", reason.as_text());
    subject.finish_and_tell(conn, by, (1, &entry, &event), edit.now)
}

/// Brings it back as it was. Its add-ons stay suspended until each is reactivated.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn reactivate(conn: &mut Connection, by: &Allowed<RaiseSubscriptions>, edit: &Edit) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    if subject.state.status == Status::Active {
        return Ok(Changed::Same);
    }
    let old = subject.subscription.status.as_text();
    let change = Change::new("status", old, Status::Active.as_text());
    let entry = subject.entry(Done::ReactivateSubscription, [change]);
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (Action::Reactivate, &entry))? {
        return Ok(obstacle);
    }
    let met = diesel::update(current(edit))
        .filter(subscriptions::status.eq(Status::Suspended))
        .set((
            subscriptions::status.eq(Status::Active),
            subscriptions::suspended_at.eq(None::<Moment>),
            subscriptions::suspension_reason.eq(None::<String>),
            subscriptions::kept_until.eq(None::<NaiveDate>),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    let event = subject.event(Kind::SubscriptionReactivated);
    subject.finish_and_tell(conn, by, (met, &entry, &event), edit.now)
}

fn suspension(old: Status, reason: Reason, edit: &Edit) -> [Change; 3] {
    [
        Change::new("status", old.as_text(), Status::Suspended.as_text()),
        Change::set("reason", reason.as_text()),
        Change::set("kept_until", kept_until(edit.now.day())),
    ]
}

fn set_suspended(
    conn: &mut Connection,
    subscription: &Subscription,
    reason: Reason,
    edit: &Edit,
) -> Result<usize> {
    let active = as_read(subscription).filter(subscriptions::status.eq(Status::Active));
    let values = (
        subscriptions::status.eq(Status::Suspended),
        subscriptions::suspended_at.eq(edit.now),
        subscriptions::suspension_reason.eq(reason.as_text()),
        subscriptions::kept_until.eq(kept_until(edit.now.day())),
        subscriptions::version.eq(subscriptions::version + 1),
    );
    Ok(diesel::update(active).set(values).execute(conn)?)
}
