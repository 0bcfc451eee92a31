//! Changes of quantities, and undoing the last one of a subscription while its window is open.

use diesel::prelude::*;

use super::super::model::Subscription;
use super::super::model::undo::{QuantityChange, Refusal, undo_until};
use super::details::{self, Details};
use super::edit::{Changed, Edit, Subject, current};
use super::quantity::below_assigned;
use crate::access::permission::{ManageSubscriptions, RaiseSubscriptions};
use crate::access::{Allowed, Permission as _, Viewer};
use crate::activity::{Action as Done, Change};
use crate::db::Connection;
use crate::db::schema::{quantity_changes, subscriptions};
use crate::error::{Error, Result};
use crate::notifications::Kind;
use crate::values::id::{OrganisationId, PersonId, QuantityChangeId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = quantity_changes)]
pub(super) struct ChangeRow {
    pub(super) id: QuantityChangeId,
    subscription_id: SubscriptionId,
    provider_id: OrganisationId,
    old_quantity: Quantity,
    new_quantity: Quantity,
    dropped_plan: Option<Quantity>,
    unit_price_minor: i64,
    made_by_id: PersonId,
    made_by_name: String,
    organisation_id: OrganisationId,
    organisation_name: String,
    made_at: Moment,
    undo_until: Moment,
    /// Of those of the subscription that were not undone.
    is_latest: bool,
}

impl ChangeRow {
    pub(super) fn of(self, subscription: &Subscription) -> QuantityChange {
        QuantityChange {
            id: self.id,
            old: self.old_quantity,
            new: self.new_quantity,
            dropped_plan: self.dropped_plan,
            unit_price: Money::new(self.unit_price_minor, subscription.unit_price.currency),
            made_at: self.made_at,
            made_by: self.made_by_name,
            organisation: self.organisation_name,
            undo_until: self.undo_until,
        }
    }
}

/// Keeps that somebody changed a quantity just now.
///
/// # Errors
/// Database errors.
pub(super) fn keep(
    conn: &mut Connection,
    by: &Viewer,
    before: &Subscription,
    new: Quantity,
    now: Moment,
) -> Result<()> {
    let row = ChangeRow {
        id: QuantityChangeId::new(),
        subscription_id: before.id,
        provider_id: before.provider,
        old_quantity: before.quantity,
        new_quantity: new,
        dropped_plan: before.renewal_quantity.filter(|planned| *planned == new),
        unit_price_minor: before.unit_price.minor,
        made_by_id: by.person,
        made_by_name: by.name.clone(),
        organisation_id: by.organisation.id,
        organisation_name: by.organisation.name.clone(),
        made_at: now,
        undo_until: undo_until(now, before.renews_on),
        is_latest: true,
    };
    diesel::update(latest_of(&before.id)).set(quantity_changes::is_latest.eq(false)).execute(conn)?;
    diesel::insert_into(quantity_changes::table).values(row).execute(conn)?;
    Ok(())
}

#[diesel::dsl::auto_type]
fn latest_of<'a>(subscription: &'a SubscriptionId) -> _ {
    quantity_changes::table
        .filter(quantity_changes::subscription_id.eq(subscription))
        .filter(quantity_changes::is_latest)
}

/// The last change of a subscription that was not undone, as long as its window is open.
///
/// # Errors
/// Database errors.
pub(super) fn latest(
    conn: &mut Connection,
    subscription: &Subscription,
    now: Moment,
) -> Result<Option<QuantityChange>> {
    let row: Option<ChangeRow> =
        latest_of(&subscription.id).select(ChangeRow::as_select()).first(conn).optional()?;
    Ok(row.map(|row| row.of(subscription)).filter(|change| now <= change.undo_until))
}

/// What somebody is asked before the last change of a quantity is undone.
#[derive(Clone, Debug)]
pub struct Question {
    pub details: Details,
    /// Nothing where there is no change, or its window is closed.
    pub change: Option<(QuantityChange, Result<(), Refusal>)>,
}

/// The last change of a subscription within reach, and whether it can be undone.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn question(conn: &mut Connection, by: &Viewer, id: &SubscriptionId, now: Moment) -> Result<Question> {
    let details = details::of(conn, by, id, now)?;
    let change = latest(conn, &details.subscription, now)?.map(|change| {
        let answer = change.check(&details.subscription, details.state, now);
        (change, answer)
    });
    Ok(Question { details, change })
}

/// How undoing ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    Changed(Changed),
    Refused(Refusal),
}

/// Undoes the last change of a subscription's quantity: there are as many as before.
///
/// # Errors
/// [`Error::NotFound`] beyond the viewer's reach; [`Error::Forbidden`] where there will be more again and the viewer may
/// raise nothing; database errors.
pub fn undo(
    conn: &mut Connection,
    by: &Allowed<ManageSubscriptions>,
    edit: &Edit,
    id: &QuantityChangeId,
) -> Result<Undone> {
    let subject = Subject::find(conn, by, edit)?;
    if subject.subscription.version != edit.version {
        let is_undone = is_undone(conn, (&subject.subscription.id, id))?;
        return Ok(Undone::Changed(if is_undone { Changed::Same } else { Changed::Stale }));
    }
    let change = latest(conn, &subject.subscription, edit.now)?.filter(|change| change.id == *id);
    let Some(change) = change else { return Ok(Undone::Refused(Refusal::TooLate)) };
    if change.raises_again() && !by.may::<RaiseSubscriptions>() {
        return Err(Error::Forbidden(RaiseSubscriptions::KEY));
    }
    let was_planned = subject.subscription.renewal_quantity;
    let planned = change.planned_again(was_planned);
    let shown = |planned: Option<Quantity>| planned.map(|planned| planned.to_string()).unwrap_or_default();
    let of_plan = Change::new("renewal_quantity", shown(was_planned), shown(planned));
    let entry = subject
        .entry(Done::UndoQuantityChange, [Change::new("quantity", change.new, change.old)])
        .with((planned != was_planned).then_some(of_plan));
    if let Err(refusal) = change.check(&subject.subscription, subject.state, edit.now) {
        subject.record(conn, by, &entry.failed(), edit.now)?;
        return Ok(Undone::Refused(refusal));
    }
    if let Some(problem) = below_assigned(conn, &subject, change.old, edit)? {
        return Ok(Undone::Changed(Changed::Wrong(problem)));
    }
    let met = diesel::update(current(edit))
        .set((
            subscriptions::quantity.eq(change.old),
            subscriptions::renewal_quantity.eq(planned),
            subscriptions::version.eq(subscriptions::version + 1),
        ))
        .execute(conn)?;
    if met == 1 {
        step_back(conn, (&edit.id, &change.id), edit.now)?;
    }
    let event = subject.event(Kind::QuantityChanged).changed(change.new, change.old);
    Ok(Undone::Changed(subject.finish_and_tell(conn, by, (met, &entry, &event), edit.now)?))
}

/// The change before it is the last one again.
fn step_back(
    conn: &mut Connection,
    (subscription, id): (&SubscriptionId, &QuantityChangeId),
    now: Moment,
) -> Result<()> {
    let values = (quantity_changes::undone_at.eq(Some(now)), quantity_changes::is_latest.eq(false));
    diesel::update(quantity_changes::table.find(id)).set(values).execute(conn)?;
    let before: Option<QuantityChangeId> = quantity_changes::table
        .filter(quantity_changes::subscription_id.eq(subscription))
        .filter(quantity_changes::undone_at.is_null())
        .order((quantity_changes::made_at.desc(), quantity_changes::id.desc()))
        .select(quantity_changes::id)
        .first(conn)
        .optional()?;
    if let Some(before) = before {
        diesel::update(quantity_changes::table.find(&before))
            .set(quantity_changes::is_latest.eq(true))
            .execute(conn)?;
    }
    Ok(())
}

fn is_undone(
    conn: &mut Connection,
    (subscription, id): (&SubscriptionId, &QuantityChangeId),
) -> Result<bool> {
    let undone = quantity_changes::table
        .find(id)
        .filter(quantity_changes::subscription_id.eq(subscription))
        .filter(quantity_changes::undone_at.is_not_null());
    Ok(diesel::select(diesel::dsl::exists(undone)).get_result(conn)?)
}
