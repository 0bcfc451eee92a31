//! The mailed links of people, which end with their password. Their tables are those of `people`; areas that stand
//! above it ask here.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{address_links, password_links};
use crate::error::Result;
use crate::values::id::PersonId;
use crate::values::moment::Moment;

/// Drops what somebody asked for to change the address and has not proved yet. Answers whether there was anything.
///
/// # Errors
/// Database errors.
pub fn drop_changes_of_address(conn: &mut Connection, person: &PersonId) -> Result<bool> {
    let open = address_links::table
        .filter(address_links::person_id.eq(person))
        .filter(address_links::done_at.is_null())
        .filter(address_links::new_email.ne(address_links::old_email));
    Ok(diesel::delete(open).execute(conn)? > 0)
}

/// Ends all links of somebody to a password.
///
/// # Errors
/// Database errors.
pub fn drop_password_links(conn: &mut Connection, person: &PersonId) -> Result<()> {
    diesel::delete(password_links::table.filter(password_links::person_id.eq(person))).execute(conn)?;
    Ok(())
}

/// Whether somebody has a link to a password that still works.
///
/// # Errors
/// Database errors.
pub fn has_password_link(conn: &mut Connection, person: &str, now: Moment) -> Result<bool> {
    let found: i64 = password_links::table
        .filter(password_links::person_id.eq(person))
        .filter(password_links::expires_at.gt(now))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}

/// Whether somebody was mailed a link to prove an address a short while ago.
///
/// # Errors
/// Database errors.
pub fn has_address_link(conn: &mut Connection, person: &str, now: Moment) -> Result<bool> {
    let found: i64 = address_links::table
        .filter(address_links::person_id.eq(person))
        .filter(address_links::asked_at.gt(now.plus_days(-1)))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}
