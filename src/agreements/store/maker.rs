//! Who is told of an answer: whoever asked, or a colleague who goes on in their place.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::access::permission::AskForAgreements;
use crate::access::store::holders;
use crate::access::{OrganisationKind, Permission as _, Role};
use crate::agreements::model::Request;
use crate::db::Connection;
use crate::db::schema::{people, person_roles};
use crate::error::Result;
use crate::values::email::Email;

/// Name and address of whoever asked, as long as they can act on it; otherwise of a colleague who can. None when
/// nobody is left.
///
/// # Errors
/// Database errors.
pub fn told(conn: &mut Connection, request: &Request) -> Result<Option<(String, Email)>> {
    let roles = roles();
    let may = person_roles::table
        .filter(person_roles::person_id.eq(people::id))
        .filter(person_roles::role.eq_any(roles.iter().copied()));
    let maker: Option<(String, Email)> = people::table
        .filter(people::id.eq(&request.requested_by))
        .filter(people::organisation_id.eq(&request.provider))
        .filter(people::state.eq("active"))
        .filter(exists(may))
        .select((people::name, people::email))
        .first(conn)
        .optional()?;
    match maker {
        Some(maker) => Ok(Some(maker)),
        None => Ok(holders(conn, &request.provider, &roles, 1)?.pop()),
    }
}

fn roles() -> Vec<Role> {
    let granted = AskForAgreements::GRANTS.iter().filter(|(kind, _)| *kind == OrganisationKind::Provider);
    granted.flat_map(|(_, roles)| roles.iter().copied()).collect()
}
