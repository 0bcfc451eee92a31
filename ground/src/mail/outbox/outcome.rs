//! What became of a letter that was taken in hand.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::lease::Lease;
use crate::db::schema::letters;
use crate::error::Result;
use crate::mail::carrier::pace;
use crate::mail::letter::LetterState;
use crate::mail::standing;
use crate::mail::transport::Refusal;
use crate::mail::trouble::Trouble;
use crate::values::id::LetterId;
use crate::values::moment::Moment;

/// How a mail server took a letter.
pub type Answer = std::result::Result<(), Refusal>;

/// The letter has been taken by the server. Its text is dropped: it may hold a personal link. What has left has left,
/// whoever has it in hand by now: they lose it, so that they stop if they can, and nothing that they say counts any more.
///
/// # Errors
/// Database errors.
pub fn mark_sent(conn: &mut Connection, id: &LetterId, now: Moment) -> Result<()> {
    diesel::update(letters::table.find(id))
        .set((
            letters::state.eq(LetterState::Sent),
            letters::sent_at.eq(Some(now)),
            letters::leased_until.eq(None::<Moment>),
            letters::lease.eq(None::<String>),
            letters::trouble.eq(None::<Trouble>),
            letters::last_error.eq(None::<String>),
            letters::body_text.eq(""),
            letters::body_html.eq(""),
        ))
        .execute(conn)?;
    heed(conn, &Ok(()), now)
}

/// Learns from what became of a letter, this one or a test, how the others stand: what concerns all is told the operator,
/// and once a letter was listened to, those that waited for that follow.
///
/// # Errors
/// Database errors.
pub fn heed(conn: &mut Connection, answer: &Answer, now: Moment) -> Result<()> {
    match answer {
        Err(refusal) if refusal.concerns_all => standing::hinder(conn, refusal, now),
        Err(refusal) if !refusal.shows_that_others_pass() => Ok(()),
        Ok(()) | Err(_) if standing::clear(conn)? => wake(conn, now),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// The letter did not leave: it waits for its next try, or has failed.
///
/// # Errors
/// Database errors.
pub fn mark_refused(
    conn: &mut Connection,
    (id, holder): (&LetterId, &Lease),
    refusal: &Refusal,
    now: Moment,
) -> Result<()> {
    heed(conn, &Err(refusal.clone()), now)?;
    // One withdrawn in the meantime stays withdrawn, one that another carrier has taken is theirs.
    let own = letters::table
        .filter(letters::id.eq(id))
        .filter(letters::state.eq(LetterState::Waiting))
        .filter(letters::lease.eq(holder.as_str()));
    let counts: Option<Counts> = own.select(Counts::as_select()).first(conn).optional()?;
    let Some(counts) = counts else { return Ok(()) };
    let unconfirmed = counts.unconfirmed + i32::from(refusal.trouble == Trouble::Unconfirmed);
    let next = pace::next_try(refusal, counts.attempts, unconfirmed);
    let state = if next.is_some() { LetterState::Waiting } else { LetterState::Failed };
    diesel::update(letters::table.find(id))
        .set((
            letters::state.eq(state),
            letters::unconfirmed.eq(unconfirmed),
            letters::trouble.eq(Some(refusal.trouble)),
            letters::last_error.eq(&refusal.said),
            letters::due_at.eq(now.plus_seconds(next.unwrap_or(0))),
            letters::leased_until.eq(None::<Moment>),
            letters::lease.eq(None::<String>),
        ))
        .execute(conn)?;
    Ok(())
}

/// How often a letter was tried.
#[derive(Queryable, Selectable)]
#[diesel(table_name = letters)]
struct Counts {
    attempts: i32,
    /// Of these, how often nobody knows whether it arrived.
    unconfirmed: i32,
}

/// Has every letter tried at once that only waits because none could leave: something may have been mended.
///
/// # Errors
/// Database errors.
pub fn wake(conn: &mut Connection, now: Moment) -> Result<()> {
    let about_us = Trouble::ALL.iter().filter(|trouble| trouble.is_about_us()).map(Trouble::as_text);
    diesel::update(letters::table)
        .filter(letters::state.eq(LetterState::Waiting))
        .filter(letters::due_at.gt(now))
        .filter(letters::trouble.eq_any(about_us))
        .set(letters::due_at.eq(now))
        .execute(conn)?;
    standing::lift_hold(conn, now)
}
