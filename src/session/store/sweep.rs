//! Clears away what no sign-in needs any more.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{known_browsers, sign_in_throttles, sign_ins};
use crate::error::Result;
use crate::session::facts::IDLE_SECONDS;
use crate::session::model::BROWSER_DAYS;
use crate::session::model::throttle::LONGEST_KEPT_SECONDS;
use crate::session::store::code::AWAITED_SECONDS;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// At most so many rows of a table go at once, so that nobody waits for it.
const STEP: i64 = 100;

/// Deletes some ended sign-ins, forgotten tallies and browsers that have not come back; answers how many.
///
/// # Errors
/// Database errors.
pub fn sweep(conn: &mut Connection, now: Moment) -> Result<usize> {
    Ok(forget_ended(conn, now)?
        + forget_awaiting(conn, now)?
        + forget_tallies(conn, now)?
        + forget_browsers(conn, now)?)
}

/// Sign-ins that have ended by themselves.
fn forget_ended(conn: &mut Connection, now: Moment) -> Result<usize> {
    bring_back(conn, now)?;
    // Whatever is too old has not been seen lately either: it is not let in, so nothing touches it.
    let ended: Vec<TokenHash> = sign_ins::table
        .filter(sign_ins::last_seen_at.le(now.plus_seconds(-IDLE_SECONDS)))
        .order(sign_ins::last_seen_at)
        .select(sign_ins::token_hash)
        .limit(STEP)
        .load(conn)?;
    if ended.is_empty() {
        return Ok(0);
    }
    Ok(diesel::delete(sign_ins::table.filter(sign_ins::token_hash.eq_any(ended))).execute(conn)?)
}

/// What seems to have been seen later than now was seen while the clock was ahead: it would not end for so much longer.
fn bring_back(conn: &mut Connection, now: Moment) -> Result<()> {
    let seen_later = || sign_ins::table.filter(sign_ins::last_seen_at.gt(now.farthest(0)));
    let begun_later = seen_later().filter(sign_ins::created_at.gt(now));
    diesel::update(begun_later).set(sign_ins::created_at.eq(now)).execute(conn)?;
    diesel::update(seen_later()).set(sign_ins::last_seen_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Whoever was asked for a code and gave none begins anew.
fn forget_awaiting(conn: &mut Connection, now: Moment) -> Result<usize> {
    let awaiting: Vec<TokenHash> = sign_ins::table
        .filter(sign_ins::awaits_code.eq(true))
        .filter(sign_ins::last_seen_at.le(now.plus_seconds(-AWAITED_SECONDS)))
        .select(sign_ins::token_hash)
        .limit(STEP)
        .load(conn)?;
    if awaiting.is_empty() {
        return Ok(0);
    }
    Ok(diesel::delete(sign_ins::table.filter(sign_ins::token_hash.eq_any(awaiting))).execute(conn)?)
}

fn forget_tallies(conn: &mut Connection, now: Moment) -> Result<usize> {
    let forgotten: Vec<String> = sign_in_throttles::table
        .filter(
            sign_in_throttles::forgotten_at
                .le(now)
                .or(sign_in_throttles::forgotten_at.gt(now.farthest(LONGEST_KEPT_SECONDS))),
        )
        .order(sign_in_throttles::forgotten_at)
        .select(sign_in_throttles::subject)
        .limit(STEP)
        .load(conn)?;
    if forgotten.is_empty() {
        return Ok(0);
    }
    let rows = sign_in_throttles::table.filter(sign_in_throttles::subject.eq_any(forgotten));
    Ok(diesel::delete(rows).execute(conn)?)
}

fn forget_browsers(conn: &mut Connection, now: Moment) -> Result<usize> {
    let gone: Vec<TokenHash> = known_browsers::table
        .filter(known_browsers::last_seen_at.le(now.plus_days(-BROWSER_DAYS)))
        .order(known_browsers::last_seen_at)
        .select(known_browsers::token_hash)
        .limit(STEP)
        .load(conn)?;
    if gone.is_empty() {
        return Ok(0);
    }
    let rows = known_browsers::table
        .filter(known_browsers::token_hash.eq_any(gone))
        .filter(known_browsers::last_seen_at.le(now.plus_days(-BROWSER_DAYS)));
    Ok(diesel::delete(rows).execute(conn)?)
}
