//! Nickname, suspension and reactivation.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::model::rules::{Action, kept_until};
use super::super::model::{Reason, Status, Subscription};
use super::add_ons;
use super::edit::{Changed, Edit, Subject, as_read, current, entry_about};
use crate::access::Allowed;
use crate::access::permission::{ManageSubscriptions, RaiseSubscriptions};
use crate::activity::{Action as Done, Change};
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::notifications::Kind;
use crate::values::moment::Moment;
use crate::values::name::sort_name;

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
