//! How the portal stands with its mail server: one row while something keeps every letter back, none while they leave.
//! The operator reads it once, instead of once a letter.

use diesel::prelude::*;

use super::carrier::pace;
use super::transport::Refusal;
use super::trouble::Trouble;
use crate::db::Connection;
use crate::db::schema::mail_standing;
use crate::error::Result;
use crate::values::moment::Moment;

/// There is one way out for letters.
const ONLY: i32 = 1;
/// For how long the letter that tries whether the others can follow keeps them waiting. Then another one tries.
const PROBE_SECONDS: i64 = 30;
/// Letters that are refused within so many seconds, less than the shortest pause, were under way at once: together they
/// count as one try.
const BURST_SECONDS: i64 = 20;

/// What keeps every letter back.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = mail_standing)]
pub struct Standing {
    pub trouble: Trouble,
    /// The mail server's own words.
    pub said: Option<String>,
    pub since: Moment,
    pub last_at: Moment,
    /// How often in a row.
    pub tries: i32,
    /// Until when no letter is tried, where trying would make it worse.
    pub held_until: Option<Moment>,
}

/// Until when no letter is tried, and why.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hold {
    pub trouble: Trouble,
    pub until: Moment,
}

/// What keeps letters back, if anything does.
///
/// # Errors
/// Database errors.
pub fn standing(conn: &mut Connection) -> Result<Option<Standing>> {
    Ok(mail_standing::table.find(ONLY).select(Standing::as_select()).first(conn).optional()?)
}

pub(super) fn hold(conn: &mut Connection) -> Result<Option<Hold>> {
    let standing = standing(conn)?;
    Ok(standing.and_then(|it| it.held_until.map(|until| Hold { trouble: it.trouble, until })))
}

/// Whether a letter may be tried now. After a hold one goes first, and the others follow once it has left.
pub(super) fn lets_through(conn: &mut Connection, now: Moment) -> Result<bool> {
    let Some(hold) = hold(conn)? else { return Ok(true) };
    // Further away than it can be: from a clock that was wrong.
    let is_over = hold.until <= now || hold.until > now.farthest(pace::LONGEST_HOLD);
    if is_over {
        hold_until(conn, now.plus_seconds(PROBE_SECONDS))?;
    }
    Ok(is_over)
}

/// Ends a hold, since somebody asks for a try.
pub(super) fn lift_hold(conn: &mut Connection, now: Moment) -> Result<()> {
    match hold(conn)? {
        Some(hold) if hold.until > now => hold_until(conn, now),
        _ => Ok(()),
    }
}

/// Something keeps every letter back.
pub(super) fn hinder(conn: &mut Connection, refusal: &Refusal, now: Moment) -> Result<()> {
    let before = standing(conn)?;
    let (tries, last_at) = match &before {
        // One of several that were under way at once.
        Some(before) if now < before.last_at.plus_seconds(BURST_SECONDS) => (before.tries, before.last_at),
        Some(before) => (before.tries.saturating_add(1), now),
        None => (1, now),
    };
    let held_until = refusal.trouble.holds_all().then(|| now.plus_seconds(pace::hold(tries)));
    let told = (
        mail_standing::trouble.eq(refusal.trouble),
        mail_standing::said.eq(&refusal.said),
        mail_standing::last_at.eq(last_at),
        mail_standing::tries.eq(tries),
        mail_standing::held_until.eq(held_until),
    );
    if before.is_some() {
        diesel::update(mail_standing::table.find(ONLY)).set(told).execute(conn)?;
    } else {
        let first = (mail_standing::id.eq(ONLY), mail_standing::since.eq(now), told);
        diesel::insert_into(mail_standing::table).values(first).execute(conn)?;
    }
    Ok(())
}

/// A letter has left. Answers whether something had kept letters back.
pub(super) fn clear(conn: &mut Connection) -> Result<bool> {
    // Looked at first: the usual letter has nothing to delete, and need not get in the way of other carriers.
    if standing(conn)?.is_none() {
        return Ok(false);
    }
    diesel::delete(mail_standing::table.find(ONLY)).execute(conn)?;
    Ok(true)
}

fn hold_until(conn: &mut Connection, until: Moment) -> Result<()> {
    diesel::update(mail_standing::table.find(ONLY))
        .set(mail_standing::held_until.eq(Some(until)))
        .execute(conn)?;
    Ok(())
}
