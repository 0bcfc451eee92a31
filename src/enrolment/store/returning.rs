//! Which partnership link led an organisation here, for its people who may answer it.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::AuthorizeProviders;
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::model::Kind;
use crate::error::Result;
use crate::values::email::Email;

/// A way back, sealed, with what it opens for.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = enrolments)]
pub struct SealedWayBack {
    pub kind: Kind,
    pub email: Email,
    #[diesel(select_expression = enrolments::sealed_next.assume_not_null())]
    pub sealed: String,
}

/// The sealed way back of the viewer's organisation.
///
/// # Errors
/// Database errors.
pub fn sealed_way_back(
    conn: &mut Connection,
    by: &Allowed<AuthorizeProviders>,
) -> Result<Option<SealedWayBack>> {
    Ok(enrolments::table
        .filter(enrolments::organisation_id.eq(&by.organisation.id))
        .filter(enrolments::sealed_next.is_not_null())
        .select(SealedWayBack::as_select())
        .first(conn)
        .optional()?)
}
