//! The outbox: letters as rows. Whoever causes a letter puts it here in its own transaction.

use diesel::prelude::*;

use super::letter::{Letter, LetterState, LetterStatus};
use crate::db::Connection;
use crate::db::schema::letters;
use crate::error::{Error, Result};
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;

/// For how long a carrier may work on a letter before another one may take it: longer than a mail server may take.
const LEASE_SECONDS: i64 = 300;

/// No letter waits longer for its next try. One that seems to was put there by a clock that was ahead, and is due.
const LONGEST_WAIT_SECONDS: i64 = 24 * 3600;

/// A letter that a carrier has taken.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = letters)]
pub struct Taken {
    pub id: LetterId,
    pub to_email: Email,
    pub reply_to: Option<Email>,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    pub attempts: i32,
}

/// Stores a letter; it leaves once the caller's transaction has committed. Call
/// [`super::carrier::Bell::ring`] afterwards so that it leaves at once.
///
/// # Errors
/// Database errors.
pub fn put(conn: &mut Connection, id: &LetterId, letter: &Letter, now: Moment) -> Result<()> {
    diesel::insert_into(letters::table)
        .values((
            letters::id.eq(id),
            letters::organisation_id.eq(&letter.organisation),
            letters::subject_kind.eq(letter.about.0),
            letters::subject_id.eq(&letter.about.1),
            letters::to_email.eq(&letter.to),
            letters::reply_to.eq(&letter.reply_to),
            letters::subject.eq(&letter.subject),
            letters::body_text.eq(&letter.text),
            letters::body_html.eq(&letter.html),
            letters::state.eq(LetterState::Waiting),
            letters::attempts.eq(0),
            letters::due_at.eq(now),
            letters::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The latest letter about something (a kind of thing and its id), as its organisation may see it.
///
/// # Errors
/// Database errors.
pub fn latest_about(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (kind, id): (&str, &str),
) -> Result<Option<LetterStatus>> {
    let latest = latest_about_each(conn, organisation, kind, &[id])?;
    Ok(latest.into_iter().next().map(|(_, status)| status))
}

/// The latest letter about each of several things of a kind, with the id of the thing.
///
/// # Errors
/// Database errors.
pub fn latest_about_each(
    conn: &mut Connection,
    organisation: &OrganisationId,
    kind: &str,
    ids: &[&str],
) -> Result<Vec<(String, LetterStatus)>> {
    let rows: Vec<(String, StatusRow)> = letters::table
        .filter(letters::subject_id.eq_any(ids.iter().copied()))
        .filter(letters::subject_kind.eq(kind))
        .filter(letters::organisation_id.eq(organisation))
        .order((letters::subject_id, letters::created_at.desc(), letters::id.desc()))
        .select((letters::subject_id, StatusRow::as_select()))
        .load(conn)?;
    let mut latest: Vec<(String, LetterStatus)> = Vec::new();
    for (id, row) in rows {
        if latest.last().is_none_or(|(last, _)| *last != id) {
            latest.push((id, row.into()));
        }
    }
    Ok(latest)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = letters)]
struct StatusRow {
    id: LetterId,
    state: LetterState,
    to_email: Email,
    attempts: i32,
    due_at: Moment,
    sent_at: Option<Moment>,
    last_error: Option<String>,
}

impl From<StatusRow> for LetterStatus {
    fn from(row: StatusRow) -> Self {
        Self {
            id: row.id,
            state: row.state,
            to: row.to_email,
            attempts: row.attempts,
            due_at: row.due_at,
            sent_at: row.sent_at,
            last_error: row.last_error,
        }
    }
}

/// What a letter is about (kind and id) and to whom it goes.
///
/// # Errors
/// [`Error::NotFound`] for another organisation's letter; database errors.
pub fn about(
    conn: &mut Connection,
    organisation: &OrganisationId,
    id: &LetterId,
) -> Result<(String, String, Email)> {
    Ok(letters::table
        .filter(letters::id.eq(id))
        .filter(letters::organisation_id.eq(organisation))
        .select((letters::subject_kind, letters::subject_id, letters::to_email))
        .first(conn)?)
}

/// Puts a letter that failed back into the queue. Answers `false` when it is not one that failed, or
/// one that was withdrawn.
///
/// # Errors
/// [`Error::NotFound`] for another organisation's letter; database errors.
pub fn send_again(
    conn: &mut Connection,
    organisation: &OrganisationId,
    id: &LetterId,
    now: Moment,
) -> Result<bool> {
    let own = letters::table.filter(letters::id.eq(id)).filter(letters::organisation_id.eq(organisation));
    if own.select(letters::id).first::<LetterId>(conn).optional()?.is_none() {
        return Err(Error::NotFound);
    }
    let changed = diesel::update(letters::table)
        .filter(letters::id.eq(id))
        .filter(letters::state.eq(LetterState::Failed))
        .filter(letters::body_text.ne(""))
        .set((
            letters::state.eq(LetterState::Waiting),
            letters::attempts.eq(0),
            letters::due_at.eq(now),
            letters::leased_until.eq(None::<Moment>),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}

/// Stops what still waits about something, when what it says no longer holds. A letter that is just
/// being sent may still arrive.
///
/// # Errors
/// Database errors.
pub fn withdraw(conn: &mut Connection, (kind, id): (&str, &str)) -> Result<()> {
    diesel::update(letters::table)
        .filter(letters::subject_id.eq(id))
        .filter(letters::subject_kind.eq(kind))
        .filter(letters::state.ne(LetterState::Sent))
        .set((
            letters::state.eq(LetterState::Failed),
            letters::last_error.eq(Some("withdrawn before it was sent")),
            letters::body_text.eq(""),
            letters::body_html.eq(""),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes the letter that has waited longest. Two carriers never take the same one: the lease is the lock.
///
/// # Errors
/// Database errors.
pub(super) fn take_due(conn: &mut Connection, now: Moment) -> Result<Option<Taken>> {
    // A lease that ends later than any can is over, too.
    let is_free = || {
        let is_over = letters::leased_until.le(now);
        letters::leased_until.is_null().or(is_over.or(letters::leased_until.gt(now.farthest(LEASE_SECONDS))))
    };
    let due: Option<Taken> = letters::table
        .filter(letters::state.eq(LetterState::Waiting))
        .filter(letters::due_at.le(now).or(letters::due_at.gt(now.farthest(LONGEST_WAIT_SECONDS))))
        .filter(is_free())
        .order((letters::due_at, letters::id))
        .select(Taken::as_select())
        .first(conn)
        .optional()?;
    let Some(letter) = due else { return Ok(None) };
    let taken = diesel::update(letters::table)
        .filter(letters::id.eq(&letter.id))
        .filter(letters::state.eq(LetterState::Waiting))
        .filter(is_free())
        .set((
            letters::leased_until.eq(Some(now.plus_seconds(LEASE_SECONDS))),
            letters::attempts.eq(letters::attempts + 1),
        ))
        .execute(conn)?;
    Ok((taken == 1).then_some(Taken { attempts: letter.attempts + 1, ..letter }))
}

/// When the next letter is due, to know how long to sleep.
///
/// # Errors
/// Database errors.
pub(super) fn next_due(conn: &mut Connection) -> Result<Option<Moment>> {
    let next = letters::table
        .filter(letters::state.eq(LetterState::Waiting))
        .order(letters::due_at)
        .select(letters::due_at)
        .first(conn)
        .optional()?;
    Ok(next)
}

/// The letter has been taken by the server. Its text is dropped: it may hold a personal link.
///
/// # Errors
/// Database errors.
pub(super) fn mark_sent(conn: &mut Connection, id: &LetterId, now: Moment) -> Result<()> {
    diesel::update(letters::table.find(id))
        .set((
            letters::state.eq(LetterState::Sent),
            letters::sent_at.eq(Some(now)),
            letters::leased_until.eq(None::<Moment>),
            letters::last_error.eq(None::<String>),
            letters::body_text.eq(""),
            letters::body_html.eq(""),
        ))
        .execute(conn)?;
    Ok(())
}

/// The letter could not be sent: it waits until `again_at`, or has failed for good when there is none.
///
/// # Errors
/// Database errors.
pub(super) fn mark_refused(
    conn: &mut Connection,
    id: &LetterId,
    reason: &str,
    again_at: Option<Moment>,
) -> Result<()> {
    let state = if again_at.is_some() { LetterState::Waiting } else { LetterState::Failed };
    // A letter withdrawn in the meantime stays withdrawn.
    let waiting = letters::table.filter(letters::id.eq(id)).filter(letters::state.eq(LetterState::Waiting));
    diesel::update(waiting)
        .set((
            letters::state.eq(state),
            letters::last_error.eq(Some(reason)),
            letters::leased_until.eq(None::<Moment>),
        ))
        .execute(conn)?;
    if let Some(again_at) = again_at {
        diesel::update(letters::table.find(id)).set(letters::due_at.eq(again_at)).execute(conn)?;
    }
    Ok(())
}
