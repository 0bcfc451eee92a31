//! Which partnership link led an organisation here, for its people who may answer it.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::AuthorizeProviders;
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::model::Kind;
use crate::error::Result;
use crate::values::email::Email;

/// The sealed way back of the viewer's organisation, with what it opens for.
///
/// # Errors
/// Database errors.
pub fn sealed_way_back(
    conn: &mut Connection,
    by: &Allowed<AuthorizeProviders>,
) -> Result<Option<(Kind, Email, String)>> {
    Ok(enrolments::table
        .filter(enrolments::organisation_id.eq(&by.organisation.id))
        .filter(enrolments::sealed_next.is_not_null())
        .select((enrolments::kind, enrolments::email, enrolments::sealed_next.assume_not_null()))
        .first(conn)
        .optional()?)
}
