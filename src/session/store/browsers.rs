//! Browsers in which somebody has signed in before.

use diesel::prelude::*;

use crate::db::schema::known_browsers;
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::people::facts::{note_sign_in, person, person_email};
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// Whether the person with this address has signed in in this browser.
///
/// # Errors
/// Database errors.
pub fn is_known(conn: &mut Connection, browser: &TokenHash, email: &str) -> Result<bool> {
    let known = known_browsers::table
        .inner_join(person(known_browsers::person_id))
        .filter(known_browsers::token_hash.eq(browser))
        .filter(person_email.eq(email))
        .select(known_browsers::person_id);
    Ok(known.first::<PersonId>(conn).optional()?.is_some())
}

/// Somebody has signed in in this browser.
///
/// # Errors
/// Database errors.
pub fn remember(conn: &mut Connection, browser: &TokenHash, person: &PersonId, now: Moment) -> Result<()> {
    let seen = diesel::update(known_browsers::table.find((browser, person)))
        .set(known_browsers::last_seen_at.eq(now))
        .execute(conn)?;
    if seen == 0 {
        unless_taken(
            conn,
            diesel::insert_into(known_browsers::table).values((
                known_browsers::token_hash.eq(browser),
                known_browsers::person_id.eq(person),
                known_browsers::first_seen_at.eq(now),
                known_browsers::last_seen_at.eq(now),
            )),
        )?;
    }
    Ok(())
}

/// Whether a person who has signed in before has not yet done so in this browser; marks that they have signed in.
///
/// # Errors
/// Database errors.
pub fn is_new(conn: &mut Connection, browser: &TokenHash, person: &PersonId, now: Moment) -> Result<bool> {
    let is_first = note_sign_in(conn, person, now)?;
    let known = known_browsers::table.find((browser, person)).select(known_browsers::person_id);
    Ok(!is_first && known.first::<PersonId>(conn).optional()?.is_none())
}
