//! What ends with a password: sign-ins, browsers that were known, and mailed links to another password.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{known_browsers, sign_ins};
use crate::error::Result;
use crate::mail::outbox;
use crate::people::facts::links;
use crate::session::letters::{ADDRESS_LINK, FORGOTTEN_PASSWORD, PASSWORD_LINK};
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// Ends all sign-ins of somebody and all links to a password, and forgets what made browsers known.
///
/// # Errors
/// Database errors.
pub fn shut_out(conn: &mut Connection, person: &PersonId) -> Result<()> {
    shut_out_elsewhere(conn, person, (None, None))
}

/// Ends what hung on the old password, except for the sign-in and the browser in hand: also a change of address that was
/// not proved yet, which somebody else who knew it may have asked for.
///
/// # Errors
/// Database errors.
pub fn shut_out_elsewhere(conn: &mut Connection, person: &PersonId, here: Here) -> Result<()> {
    end_elsewhere(conn, person, here)?;
    drop_changes_of_address(conn, person)?;
    drop_links(conn, person)
}

fn drop_changes_of_address(conn: &mut Connection, person: &PersonId) -> Result<()> {
    if links::drop_changes_of_address(conn, person)? {
        outbox::withdraw(conn, (&ADDRESS_LINK, person.as_str()))?;
    }
    Ok(())
}

/// The sign-in and the browser in hand.
pub type Here<'a> = (Option<&'a TokenHash>, Option<&'a TokenHash>);

/// Ends the sign-ins of somebody, and forgets what made browsers known, except for what is in hand.
///
/// # Errors
/// Database errors.
pub fn end_elsewhere(conn: &mut Connection, person: &PersonId, (sign_in, browser): Here) -> Result<()> {
    let kept = |token: Option<&TokenHash>| token.map_or(String::new(), |token| token.as_str().to_owned());
    let others =
        sign_ins::table.filter(sign_ins::person_id.eq(person)).filter(sign_ins::token_hash.ne(kept(sign_in)));
    diesel::delete(others).execute(conn)?;
    let others = known_browsers::table
        .filter(known_browsers::person_id.eq(person))
        .filter(known_browsers::token_hash.ne(kept(browser)));
    diesel::delete(others).execute(conn)?;
    Ok(())
}

/// Ends all sign-ins of somebody; answers how many there were.
///
/// # Errors
/// Database errors.
pub fn end_sign_ins(conn: &mut Connection, person: &PersonId) -> Result<usize> {
    Ok(diesel::delete(sign_ins::table.filter(sign_ins::person_id.eq(person))).execute(conn)?)
}

/// Puts the sign-in in hand under another token, so that a copy of the cookie does not outlive what has just been proved.
///
/// # Errors
/// Database errors.
pub fn renew(conn: &mut Connection, sign_in: &TokenHash, renewed: &TokenHash, now: Moment) -> Result<()> {
    diesel::update(sign_ins::table.find(sign_in))
        .set((sign_ins::token_hash.eq(renewed), sign_ins::confirmed_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Ends all mailed links to a password of somebody; letters with them that still wait are not sent.
///
/// # Errors
/// Database errors.
pub fn drop_links(conn: &mut Connection, person: &PersonId) -> Result<()> {
    links::drop_password_links(conn, person)?;
    outbox::withdraw(conn, (&PASSWORD_LINK, person.as_str()))?;
    outbox::withdraw(conn, (&FORGOTTEN_PASSWORD, person.as_str()))
}
