//! What was done to a subscription, and who did it last.

use diesel::prelude::*;

use super::super::model::Subscription;
use crate::access::Viewer;
use crate::activity::{Action, Change, Outcome};
use crate::db::Connection;
use crate::db::schema::{activity_records, people};
use crate::error::Result;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;

/// So many records stand on the page of a subscription; the Activity log has all.
const SHOWN: i64 = 20;

/// What a reseller sees of what others did: nothing about who earns and who helps, which may be another reseller.
const SHOWN_TO_RESELLERS: [Action; 4] = [
    Action::UpdateSubscription,
    Action::SuspendSubscription,
    Action::ReactivateSubscription,
    Action::CancelOrder,
];

/// What a reseller reads in its own log, where it stands without a word about any other reseller.
const OF_ITS_OWN: [Action; 5] = [
    Action::CreateMpnAssociation,
    Action::UpdateMpnAssociation,
    Action::RemoveMpnAssociation,
    Action::AssignSupportContact,
    Action::EndSupportContact,
];

/// What names another subscription of the customer, or an order of it.
const OF_OTHER_SUBSCRIPTIONS: [&str; 2] = ["number", "with_base"];

/// One thing that was done, or tried.
#[derive(Clone, Debug)]
pub struct Event {
    pub action: Action,
    pub by: Author,
    pub changes: Vec<Change>,
    pub outcome: Outcome,
    pub at: Moment,
}

/// Who did something, as far as the viewer may know. A provider's people and colleagues are told the person;
/// a reseller learns of others only which organisation it was, and only if it is the provider.
#[derive(Clone, Debug)]
pub struct Author {
    pub person: Option<String>,
    pub organisation: Option<String>,
}

impl Author {
    fn seen_by(viewer: &Viewer, provider: &OrganisationId, home: Option<&OrganisationId>, by: ByRow) -> Self {
        let is_colleague = home == Some(&viewer.organisation.id);
        let is_provider = home == Some(provider);
        Self {
            person: (is_colleague || viewer.is_provider()).then_some(by.person_name),
            organisation: (is_colleague || is_provider || viewer.is_provider())
                .then_some(by.person_organisation),
        }
    }
}

/// Who did something, by name and organisation.
#[derive(Queryable, Selectable)]
#[diesel(table_name = activity_records)]
struct ByRow {
    person_name: String,
    person_organisation: String,
}

/// Who changed a subscription last, and when.
#[derive(Clone, Debug)]
pub struct LastChange {
    pub by: Author,
    pub at: Moment,
    /// It was the viewer, in another tab.
    pub is_viewer: bool,
}

/// The latest that was done to a subscription, newest first, from the provider's log, which has it all; for a reseller
/// with what made it earn or help, and what ended that, from its own. A reseller that manages the subscription without holding the customer reads what it did itself and what the provider did, and
/// nothing about other subscriptions.
///
/// # Errors
/// Database errors.
pub fn of(
    conn: &mut Connection,
    viewer: &Viewer,
    subscription: &Subscription,
    holds_customer: bool,
) -> Result<Vec<Event>> {
    let mut query = activity_records::table
        .left_join(people::table.on(people::id.eq(activity_records::person_id)))
        .filter(activity_records::subject_id.eq(subscription.id.as_str()))
        .order((activity_records::occurred_at.desc(), activity_records::id.desc()))
        .limit(SHOWN)
        .select(EventRow::as_select())
        .into_boxed();
    let of_provider = activity_records::organisation_id.eq(&subscription.provider);
    if viewer.is_provider() {
        query = query.filter(of_provider);
    } else {
        let own = activity_records::organisation_id
            .eq(&viewer.organisation.id)
            .and(activity_records::action.eq_any(OF_ITS_OWN));
        query = query
            .filter(of_provider.and(activity_records::action.eq_any(SHOWN_TO_RESELLERS)).or(own))
            .filter(activity_records::result.eq(Outcome::Succeeded));
    }
    if !holds_customer {
        let known = [&viewer.organisation.id, &subscription.provider];
        query = query.filter(people::organisation_id.nullable().eq_any(known));
    }
    let rows: Vec<EventRow> = query.load(conn)?;
    let event = |row: EventRow| {
        let mut changes: Vec<Change> = serde_json::from_str(&row.changes).unwrap_or_default();
        changes.retain(|change| holds_customer || !OF_OTHER_SUBSCRIPTIONS.contains(&change.field.as_str()));
        Event {
            action: row.action,
            by: Author::seen_by(viewer, &subscription.provider, row.home.as_ref(), row.by),
            changes,
            outcome: row.result,
            at: row.occurred_at,
        }
    };
    Ok(rows.into_iter().map(event).collect())
}

/// A record, and in which organisation the person is now.
#[derive(Queryable, Selectable)]
#[diesel(table_name = activity_records)]
struct EventRow {
    #[diesel(embed)]
    by: ByRow,
    action: Action,
    changes: String,
    result: Outcome,
    occurred_at: Moment,
    #[diesel(select_expression = people::organisation_id.nullable())]
    home: Option<OrganisationId>,
}

/// The last change of a subscription, from the provider's log, which has them all; nothing where another reseller
/// made it and the viewer does not hold the customer.
///
/// # Errors
/// Database errors.
pub fn last_change(
    conn: &mut Connection,
    viewer: &Viewer,
    subscription: &Subscription,
    holds_customer: bool,
) -> Result<Option<LastChange>> {
    let last: Option<LastRow> = activity_records::table
        .filter(activity_records::organisation_id.eq(&subscription.provider))
        .filter(activity_records::subject_id.eq(subscription.id.as_str()))
        .filter(activity_records::result.eq(Outcome::Succeeded))
        .order((activity_records::occurred_at.desc(), activity_records::id.desc()))
        .select(LastRow::as_select())
        .first(conn)
        .optional()?;
    let Some(last) = last else { return Ok(None) };
    let home: Option<OrganisationId> =
        people::table.find(&last.person_id).select(people::organisation_id).first(conn).optional()?;
    let is_known =
        home.as_ref().is_some_and(|home| *home == viewer.organisation.id || *home == subscription.provider);
    if !holds_customer && !is_known {
        return Ok(None);
    }
    Ok(Some(LastChange {
        by: Author::seen_by(viewer, &subscription.provider, home.as_ref(), last.by),
        at: last.occurred_at,
        is_viewer: last.person_id == viewer.person.as_str(),
    }))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = activity_records)]
struct LastRow {
    person_id: String,
    #[diesel(embed)]
    by: ByRow,
    occurred_at: Moment,
}
