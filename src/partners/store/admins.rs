//! Who speaks for an organisation.

use diesel::prelude::*;

use crate::access::Role;
use crate::db::Connection;
use crate::db::schema::{people, person_roles};
use crate::error::Result;
use crate::values::email::Email;
use crate::values::id::OrganisationId;

/// So many are named and written to; no organisation has more.
const MOST: i64 = 200;

/// The Global admins of an organisation who can sign in: name and address.
///
/// # Errors
/// Database errors.
pub fn global_admins_of(conn: &mut Connection, id: &OrganisationId) -> Result<Vec<(String, Email)>> {
    Ok(people::table
        .inner_join(person_roles::table)
        .filter(people::organisation_id.eq(id))
        .filter(people::state.eq("active"))
        .filter(people::invited_at.is_null())
        .filter(person_roles::role.eq(Role::GlobalAdmin))
        .order((people::sort_name, people::id))
        .select((people::name, people::email))
        .limit(MOST)
        .load(conn)?)
}
