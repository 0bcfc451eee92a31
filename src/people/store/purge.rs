//! Purging members who were deactivated so long ago that they can no longer be restored.

use diesel::prelude::*;

use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::schema::{address_links, people, person_roles};
use crate::error::Result;
use crate::notifications;
use crate::people::model::RESTORABLE_DAYS;
use crate::session::store::ends::shut_out;
use crate::session::store::second_factor;
use crate::values::id::{OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

/// Some of the members whose time is over.
///
/// # Errors
/// Database errors.
pub fn due(conn: &mut Connection, now: Moment, most: i64) -> Result<Vec<PersonId>> {
    Ok(people::table
        .filter(people::purged_at.is_null())
        .filter(people::deactivated_at.le(now.plus_days(-RESTORABLE_DAYS)))
        .order(people::deactivated_at)
        .select(people::id)
        .limit(most)
        .load(conn)?)
}

/// Forgets who a member was. What the person did stays with the organisation, under the name that the activity log
/// kept; the address can be used again.
///
/// # Errors
/// Database errors.
pub fn purge(conn: &mut Connection, id: &PersonId, now: Moment) -> Result<()> {
    let person: Row = people::table.find(id).select(Row::as_select()).first(conn)?;
    let still_due = people::table
        .find(id)
        .filter(people::state.eq("inactive"))
        .filter(people::purged_at.is_null())
        .filter(people::deactivated_at.le(now.plus_days(-RESTORABLE_DAYS)));
    let purged = diesel::update(still_due)
        .set((
            people::name.eq(""),
            people::sort_name.eq(""),
            people::email.eq(format!("{id}@purged.invalid")),
            people::password_hash.eq(PasswordHash::of_nobody()),
            people::purged_at.eq(now),
            people::version.eq(people::version + 1),
        ))
        .execute(conn)?;
    if purged == 0 {
        return Ok(());
    }
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
    organisation_id: OrganisationId,
    name: String,
    email: String,
}
