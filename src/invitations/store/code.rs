//! The code that was mailed to the address of a request.

use diesel::prelude::*;

use super::link::{self, Invitation};
use crate::db::Connection;
use crate::db::schema::customer_request_codes;
use crate::error::Result;
use crate::invitations::letters;
use crate::invitations::model::code::counted_by;
use crate::links::model::code::{TRIES, works_until};
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::session::tally;
use crate::values::id::{CustomerRequestId, LetterId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// At most so many codes are forgotten at once, so that nobody waits for it.
const STEP: i64 = 100;

/// A code on its way.
#[derive(Clone, Debug)]
pub struct NewCode {
    pub hash: TokenHash,
    pub expires_at: Moment,
    pub letter_id: LetterId,
    pub letter: Letter,
}

/// What became of a code that was asked for.
pub enum Mailed {
    Now,
    /// The next one is mailed in so many seconds.
    Slowed(i64),
    /// The request is not as it was when the page was shown.
    Changed,
}

/// Mails a code to the address of the request behind a link; the one before dies, with a letter that still waits.
///
/// # Errors
/// Database errors.
pub fn mail(conn: &mut Connection, link: &TokenHash, new: &NewCode, now: Moment) -> Result<Mailed> {
    let Some(invitation) = answerable(conn, link, now)? else { return Ok(Mailed::Changed) };
    let request = &invitation.request;
    if request.drafted.to != new.letter.to {
        return Ok(Mailed::Changed);
    }
    let wait = tally::count_one_more(conn, &counted_by(&request.id, &request.drafted.to), now)?;
    if wait > 0 {
        return Ok(Mailed::Slowed(wait));
    }
    forget(conn, &request.id)?;
    diesel::insert_into(customer_request_codes::table)
        .values((
            customer_request_codes::request_id.eq(&request.id),
            customer_request_codes::code_hash.eq(&new.hash),
            customer_request_codes::expires_at.eq(new.expires_at),
            customer_request_codes::tries_left.eq(TRIES),
        ))
        .execute(conn)?;
    outbox::put(conn, &new.letter_id, &new.letter, now)?;
    Ok(Mailed::Now)
}

/// The request behind a link, if it can be answered now.
fn answerable(conn: &mut Connection, link: &TokenHash, now: Moment) -> Result<Option<Invitation>> {
    Ok(link::invitation(conn, link)?.filter(|invitation| invitation.is_answerable(now)))
}

/// How a code was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    Right,
    Wrong,
    /// None waits: none was mailed, its time is over, or it was tried too often.
    Dead,
    /// The request is not as it was when the page was shown.
    Changed,
}

/// Checks a code. A wrong one uses up a try, the right one is good once.
///
/// # Errors
/// Database errors.
pub fn check(
    conn: &mut Connection,
    link: &TokenHash,
    typed: Option<&TokenHash>,
    now: Moment,
) -> Result<Checked> {
    let Some(invitation) = answerable(conn, link, now)? else { return Ok(Checked::Changed) };
    let request = &invitation.request.id;
    let waiting: Option<TokenHash> = customer_request_codes::table
        .find(request)
        .filter(customer_request_codes::expires_at.gt(now))
        .filter(customer_request_codes::expires_at.le(works_until(now).farthest(0)))
        .filter(customer_request_codes::tries_left.gt(0))
        .select(customer_request_codes::code_hash)
        .first(conn)
        .optional()?;
    let Some(kept) = waiting else { return Ok(Checked::Dead) };
    if typed == Some(&kept) {
        forget(conn, request)?;
        return Ok(Checked::Right);
    }
    diesel::update(customer_request_codes::table.find(request))
        .set(customer_request_codes::tries_left.eq(customer_request_codes::tries_left - 1))
        .execute(conn)?;
    Ok(Checked::Wrong)
}

/// Forgets the code of a request, and stops the letter that carries it.
///
/// # Errors
/// Database errors.
pub fn forget(conn: &mut Connection, request: &CustomerRequestId) -> Result<()> {
    diesel::delete(customer_request_codes::table.find(request)).execute(conn)?;
    outbox::withdraw(conn, (&letters::code::KIND, request.as_str()))
}

/// Forgets some codes whose time is over; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_old(conn: &mut Connection, now: Moment) -> Result<usize> {
    let old: Vec<CustomerRequestId> = customer_request_codes::table
        .filter(customer_request_codes::expires_at.le(now))
        .select(customer_request_codes::request_id)
        .limit(STEP)
        .load(conn)?;
    for request in &old {
        forget(conn, request)?;
    }
    Ok(old.len())
}
