//! What was done to a subscription, and who did it last.

use diesel::prelude::*;

use super::super::model::Subscription;
use crate::access::Viewer;
use crate::activity::{Action, Change, Outcome};
use crate::db::Connection;
use crate::db::schema::{activity_records, people};
use crate::error::Result;
use crate::values::moment::Moment;

/// So many records stand on the page of a subscription; the Activity log has all.
const SHOWN: i64 = 20;

/// One record of the viewer's own organisation.
#[derive(Clone, Debug)]
pub struct Event {
    pub action: Action,
    pub person: String,
    pub organisation: String,
    pub changes: Vec<Change>,
    pub outcome: Outcome,
    pub at: Moment,
}

/// Who changed a subscription last, and when. The person is named to colleagues and to the provider;
/// a reseller learns of others only which organisation it was, and only if it is the provider.
#[derive(Clone, Debug)]
pub struct LastChange {
    pub person: Option<String>,
    pub organisation: Option<String>,
    pub at: Moment,
    /// It was the viewer, in another tab.
    pub is_viewer: bool,
}

/// The latest records about a subscription in the log of the viewer's organisation, newest first.
///
/// # Errors
/// Database errors.
pub fn of(conn: &mut Connection, viewer: &Viewer, subscription: &Subscription) -> Result<Vec<Event>> {
    type Row = (Action, String, String, String, Outcome, Moment);
    let rows: Vec<Row> = activity_records::table
        .filter(activity_records::organisation_id.eq(&viewer.organisation.id))
        .filter(activity_records::subject_id.eq(subscription.id.as_str()))
        .order((activity_records::occurred_at.desc(), activity_records::id.desc()))
        .limit(SHOWN)
        .select((
            activity_records::action,
            activity_records::person_name,
            activity_records::person_organisation,
            activity_records::changes,
            activity_records::result,
            activity_records::occurred_at,
        ))
        .load(conn)?;
    let event = |(action, person, organisation, changes, outcome, at): Row| Event {
        action,
        person,
        organisation,
        changes: serde_json::from_str(&changes).unwrap_or_default(),
        outcome,
        at,
    };
    Ok(rows.into_iter().map(event).collect())
}

/// The last change of a subscription, from the provider's log, which has them all.
///
/// # Errors
/// Database errors.
pub fn last_change(
    conn: &mut Connection,
    viewer: &Viewer,
    subscription: &Subscription,
) -> Result<Option<LastChange>> {
    let last: Option<(String, String, String, Moment)> = activity_records::table
        .filter(activity_records::organisation_id.eq(&subscription.provider))
        .filter(activity_records::subject_id.eq(subscription.id.as_str()))
        .filter(activity_records::result.eq(Outcome::Succeeded))
        .order((activity_records::occurred_at.desc(), activity_records::id.desc()))
        .select((
            activity_records::person_id,
            activity_records::person_name,
            activity_records::person_organisation,
            activity_records::occurred_at,
        ))
        .first(conn)
        .optional()?;
    let Some((person_id, person, organisation, at)) = last else { return Ok(None) };
    let home = people::table.find(&person_id).select(people::organisation_id).first(conn).optional()?;
    let is_colleague = home.as_ref() == Some(&viewer.organisation.id);
    let is_provider = home.as_ref() == Some(&subscription.provider);
    Ok(Some(LastChange {
        person: (is_colleague || viewer.is_provider()).then_some(person),
        organisation: (is_colleague || is_provider || viewer.is_provider()).then_some(organisation),
        at,
        is_viewer: person_id == viewer.person.as_str(),
    }))
}
