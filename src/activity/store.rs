//! Writes and reads records.

use diesel::prelude::*;

use super::model::Entry;
use crate::access::Viewer;
use crate::db::Connection;
use crate::db::schema::activity_records;
use crate::error::{Error, Result};
use crate::values::id::{ActivityId, OrganisationId};
use crate::values::moment::Moment;

/// Records what the viewer did, in the log of the viewer's own organisation. Call it inside the
/// command's `write`, so that there is no fact without its record.
///
/// # Errors
/// Database errors.
pub fn record(conn: &mut Connection, by: &Viewer, entry: &Entry, now: Moment) -> Result<()> {
    record_for(conn, &by.organisation.id, by, entry, now)
}

/// Records what the viewer did in the log of another organisation that it concerns.
///
/// # Errors
/// Database errors.
pub fn record_for(
    conn: &mut Connection,
    organisation: &OrganisationId,
    by: &Viewer,
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    let (kind, id, name) = &entry.subject;
    let customer = entry.customer.as_ref();
    let changes = serde_json::to_string(&entry.changes).map_err(|error| Error::Internal(error.into()))?;
    diesel::insert_into(activity_records::table)
        .values((
            activity_records::id.eq(ActivityId::new()),
            activity_records::organisation_id.eq(organisation),
            activity_records::person_id.eq(&by.person),
            activity_records::person_name.eq(&by.name),
            activity_records::person_organisation.eq(&by.organisation.name),
            activity_records::action.eq(entry.action),
            activity_records::customer_id.eq(customer.map(|(id, _)| id)),
            activity_records::customer_name.eq(customer.map(|(_, name)| name)),
            activity_records::subject_kind.eq(*kind),
            activity_records::subject_id.eq(id),
            activity_records::subject_name.eq(name),
            activity_records::changes.eq(changes),
            activity_records::result.eq(entry.outcome),
            activity_records::occurred_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
