//! Who speaks for an organisation.

use crate::access::Role;
use crate::db::Connection;
use crate::error::Result;
use crate::people::facts::{RoleHolder, addressees};
use crate::values::id::OrganisationId;

/// So many are named and written to; no organisation has more.
const MOST: i64 = 200;

/// The Global admins of an organisation who can sign in.
///
/// # Errors
/// Database errors.
pub fn global_admins_of(conn: &mut Connection, id: &OrganisationId) -> Result<Vec<RoleHolder>> {
    addressees(conn, id, &[Role::GlobalAdmin], MOST)
}
