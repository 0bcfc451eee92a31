//! Who runs the installation.

use diesel::prelude::*;

use crate::access::OrganisationKind;
use crate::db::Connection;
use crate::db::schema::organisations;
use crate::error::Result;
use crate::partners::facts::is_partner;
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
    let found: Option<Row> = organisations::table
        .filter(organisations::kind.eq(OrganisationKind::Operator))
        .filter(is_partner())
        .order((organisations::created_at, organisations::id))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(found.map(Operator::from))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct Row {
    id: OrganisationId,
    name: String,
    support_email: String,
}

impl From<Row> for Operator {
    fn from(row: Row) -> Self {
        Self { id: row.id, name: row.name, support_email: Email::parse(&row.support_email).ok() }
    }
}
