//! What is to be told, as rows.

pub mod lineup;
pub mod purge;
pub mod reading;
pub mod switches;

use diesel::prelude::*;

use super::model::{Event, Kind};
use crate::access::Viewer;
use crate::activity::Author;
use crate::db::Connection;
use crate::db::schema::notifications;
use crate::error::Result;
use crate::values::id::{CustomerId, NotificationId, OrganisationId, PersonId};
use crate::values::moment::Moment;

/// Has an organisation told of what the viewer did. Call it in the deed's own transaction, beside the record in the
/// organisation's activity log. The viewer's own organisation knows, and is told nothing.
///
/// # Errors
/// Database errors.
pub fn tell(
    conn: &mut Connection,
    organisation: &OrganisationId,
    by: &Viewer,
    event: &Event,
    now: Moment,
) -> Result<()> {
    tell_as(conn, organisation, &Author::of(by), event, now)
}

/// The same of what is done in somebody's name.
///
/// # Errors
/// Database errors.
pub fn tell_as(
    conn: &mut Connection,
    organisation: &OrganisationId,
    by: &Author,
    event: &Event,
    now: Moment,
) -> Result<()> {
    if *organisation == by.organisation {
        return Ok(());
    }
    tell_of_visitor(conn, organisation, (&by.name, &by.organisation_name), event, now)
}

/// Has an organisation told of what the portal did, or could not do, by itself.
///
/// # Errors
/// Database errors.
pub fn tell_by_portal(
    conn: &mut Connection,
    organisation: &OrganisationId,
    event: &Event,
    now: Moment,
) -> Result<()> {
    tell_of_visitor(conn, organisation, ("", ""), event, now)
}

/// The same of what somebody did who has no account, for a company.
///
/// # Errors
/// Database errors.
pub fn tell_of_visitor(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (by_name, by_organisation): (&str, &str),
    event: &Event,
    now: Moment,
) -> Result<()> {
    let (subject_kind, subject_id, subject_name) = &event.subject;
    let row = Row {
        id: NotificationId::new(),
        organisation_id: organisation,
        kind: event.kind,
        customer_id: event.customer.as_ref().map(|(id, _)| id),
        customer_name: event.customer.as_ref().map_or("", |(_, name)| name),
        subject_kind,
        subject_id,
        subject_name,
        old_value: &event.old,
        new_value: &event.new,
        by_name,
        by_organisation,
        occurred_at: now,
        known_to: event.known_to,
    };
    diesel::insert_into(notifications::table).values(&row).execute(conn)?;
    Ok(())
}

#[derive(Insertable)]
#[diesel(table_name = notifications, treat_none_as_default_value = false)]
struct Row<'a> {
    id: NotificationId,
    organisation_id: &'a OrganisationId,
    kind: Kind,
    customer_id: Option<&'a CustomerId>,
    customer_name: &'a str,
    subject_kind: &'a str,
    subject_id: &'a str,
    subject_name: &'a str,
    old_value: &'a str,
    new_value: &'a str,
    by_name: &'a str,
    by_organisation: &'a str,
    occurred_at: Moment,
    known_to: Option<PersonId>,
}
