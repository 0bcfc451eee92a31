//! Purging members who were deactivated so long ago that they can no longer be restored.

use diesel::prelude::*;

use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::schema::{address_links, people, person_roles};
use crate::error::Result;
use crate::notifications;
use crate::partners::facts::{is_partner, organisation};
use crate::people::model::RESTORABLE_DAYS;
use crate::session::store::ends::shut_out;
use crate::session::store::second_factor;
use crate::values::id::{OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

/// Forgets who the member was whose time has been over for longest; answers how many there were. Those of customers' companies
/// are purged by `users`. What the person did
/// stays with the organisation, under the name that the activity log kept; the address can be used again.
///
/// # Errors
/// Database errors.
pub fn purge_next(conn: &mut Connection, now: Moment) -> Result<usize> {
    let next: Option<Row> = people::table
        .inner_join(organisation(people::organisation_id))
        .filter(is_partner())
        .filter(people::state.eq("inactive"))
        .filter(people::purged_at.is_null())
        .filter(people::deactivated_at.le(now.plus_days(-RESTORABLE_DAYS)))
        .order(people::deactivated_at)
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(person) = next else { return Ok(0) };
    purge(conn, &person, now)?;
    Ok(1)
}

/// The same of one person, if deactivated and not purged yet.
///
/// # Errors
/// Database errors.
pub fn purge_one(conn: &mut Connection, id: &PersonId, now: Moment) -> Result<()> {
    let one: Option<Row> = people::table
        .find(id)
        .filter(people::state.eq("inactive"))
        .filter(people::purged_at.is_null())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    match one {
        Some(person) => purge(conn, &person, now),
        None => Ok(()),
    }
}

fn purge(conn: &mut Connection, person: &Row, now: Moment) -> Result<()> {
    let id = &person.id;
    diesel::update(people::table.find(id))
        .set((
            people::name.eq(""),
            people::sort_name.eq(""),
            people::email.eq(format!("{id}@purged.invalid")),
            people::password_hash.eq(PasswordHash::of_nobody()),
            people::purged_at.eq(now),
            people::version.eq(people::version + 1),
        ))
        .execute(conn)?;
    diesel::delete(person_roles::table.filter(person_roles::person_id.eq(id))).execute(conn)?;
    second_factor::drop_all(conn, id)?;
    notifications::store::switches::forget(conn, id)?;
    diesel::delete(address_links::table.filter(address_links::person_id.eq(id))).execute(conn)?;
    shut_out(conn, id)?;
    let who = format!("{} ({})", person.name, person.email);
    let entry = Entry::new(Action::PurgePerson, "person", id, who);
    activity::store::record_by_portal(conn, &person.organisation_id, &entry, now)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct Row {
    id: PersonId,
    organisation_id: OrganisationId,
    name: String,
    email: String,
}
