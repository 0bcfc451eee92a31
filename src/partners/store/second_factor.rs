//! Whether everybody in an organisation needs a second factor.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::RequireSecondFactor;
use crate::db::Connection;
use crate::db::schema::organisations;
use crate::error::Result;

/// Sets whether everybody in the viewer's organisation needs one. Answers whether that changed anything.
///
/// # Errors
/// Database errors.
pub fn require(conn: &mut Connection, by: &Allowed<RequireSecondFactor>, is_required: bool) -> Result<bool> {
    let other = organisations::table
        .find(&by.organisation.id)
        .filter(organisations::requires_second_factor.ne(is_required));
    let changed =
        diesel::update(other).set(organisations::requires_second_factor.eq(is_required)).execute(conn)?;
    Ok(changed > 0)
}
