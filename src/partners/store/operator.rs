//! Who runs the installation.

use diesel::prelude::*;

use crate::access::OrganisationKind;
use crate::db::Connection;
use crate::db::schema::organisations;
use crate::error::Result;
use crate::values::email::Email;
use crate::values::id::OrganisationId;

/// The organisation that runs the installation and enrols the others.
#[derive(Clone, Debug)]
pub struct Operator {
    pub id: OrganisationId,
    pub name: String,
    pub support_email: Option<Email>,
}

/// The operator: the first one, should there be several.
///
/// # Errors
/// Database errors.
pub fn operator(conn: &mut Connection) -> Result<Option<Operator>> {
    let found: Option<(OrganisationId, String, String)> = organisations::table
        .filter(organisations::kind.eq(OrganisationKind::Operator))
        .order((organisations::created_at, organisations::id))
        .select((organisations::id, organisations::name, organisations::support_email))
        .first(conn)
        .optional()?;
    Ok(found.map(|(id, name, email)| Operator { id, name, support_email: Email::parse(&email).ok() }))
}
