//! Cancelling one subscription before its term is over, where its offer allows that, with all that is added to it.

use super::super::model::cancellation::Cancellation;
use super::super::model::rules::{Action, Refusal};
use super::super::model::{End, Status, Subscription};
use super::details::{self, Details};
use super::edit::{Changed, Edit, Subject, entry_about, mark_deleted};
use super::{add_ons, assigned, concerned, tenant_owner};
use crate::access::permission::ManageSubscriptions;
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action as Done, Author, Change};
use crate::azure::model::owner::OwnerEnd;
use crate::customers::store::soon;
use crate::db::Connection;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::reservations::facts::active_under;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;

/// What somebody is asked before a subscription is cancelled.
#[derive(Clone, Debug)]
pub struct Question {
    pub details: Details,
    pub answer: Result<Cancellation, Refusal>,
}

/// What cancelling a subscription within reach would do.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn question(conn: &mut Connection, by: &Viewer, id: &SubscriptionId, now: Moment) -> Result<Question> {
    let details = details::of(conn, by, id, now)?;
    let answer = match details.state.check(Action::Cancel) {
        Ok(()) => Ok(cancellation(conn, &details.subscription, now)?),
        Err(refusal) => Err(refusal),
    };
    Ok(Question { details, answer })
}

fn cancellation(conn: &mut Connection, subject: &Subscription, now: Moment) -> Result<Cancellation> {
    let mut below = add_ons::below(conn, &subject.id)?;
    below.retain(|add_on| add_on.standing(now.day()) != Status::Deleted);
    let ending: Vec<Subscription> = std::iter::once(subject).chain(&below).cloned().collect();
    let left_without = assigned::left_without(conn, &ending, now.day())?;
    let ids: Vec<SubscriptionId> = ending.iter().map(|one| one.id).collect();
    let reservations = active_under(conn, &ids, now.day())?;
    Ok(Cancellation { subject: subject.clone(), below, left_without, reservations, today: now.day() })
}

/// Cancels it. `mark` is that of what the page has shown.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond the viewer's reach; database errors.
pub fn cancel(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    mark: &str,
) -> Result<Changed> {
    let subject = Subject::find(conn, by, edit)?;
    if subject.subscription.ended.is_some_and(|(_, end)| end == End::CancelledAlone) {
        return Ok(Changed::Same);
    }
    let entry = subject.entry(Done::CancelSubscription, [ending(&subject.subscription)]);
    if let Some(obstacle) = subject.obstacle(conn, by, edit, (Action::Cancel, &entry))? {
        return Ok(obstacle);
    }
    let cancellation = cancellation(conn, &subject.subscription, edit.now)?;
    if cancellation.mark() != mark {
        return Ok(Changed::Stale);
    }
    for ended in cancellation.ending() {
        end(conn, by, (&subject, &cancellation, ended), edit.now)?;
    }
    soon::keep(conn, &subject.subscription.customer, edit.now.day())?;
    Ok(Changed::Done)
}

fn ending(subscription: &Subscription) -> Change {
    Change::new("status", subscription.status.as_text(), Status::Deleted.as_text())
}

/// Ends one of them. The provider and all resellers that it concerns read of it in their logs, and who did not do it is
/// told.
fn end(
    conn: &mut Connection,
    by: &Viewer,
    (subject, cancellation, ended): (&Subject, &Cancellation, &Subscription),
    now: Moment,
) -> Result<()> {
    mark_deleted(conn, ended, (now.day(), End::CancelledAlone))?;
    let customer = (&subject.customer.id, subject.customer.company_name.as_str());
    tenant_owner::end(conn, &Author::of(by), (ended, customer), OwnerEnd::SubscriptionEnded, now)?;
    let credited = cancellation.credit(ended).map(|(_, amount)| Change::set("credited", amount));
    let base = (ended.id != subject.subscription.id).then_some(&subject.subscription.nickname);
    let entry = entry_about(ended, customer, Done::CancelSubscription, [ending(ended)])
        .with(credited)
        .with(base.map(|base| Change::set("with_base", base)));
    let about = |kind| {
        Event::about(kind, "subscription", ended.id, &ended.nickname)
            .for_customer(customer.0, customer.1)
            .changed("", End::CancelledAlone.as_text())
    };
    activity::store::record_for(conn, &ended.provider, by, &entry, now)?;
    notifications::tell(conn, &ended.provider, by, &about(Kind::SubscriptionEnded), now)?;
    concerned::tell(conn, by, ended, (&entry, &about(Kind::ManagedSubscriptionEnded)), now)
}
