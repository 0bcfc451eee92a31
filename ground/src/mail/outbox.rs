//! The outbox: letters as rows. Whoever causes a letter puts it here in its own transaction.

pub(super) mod lease;
pub mod listed;
pub(super) mod outcome;
mod returned;

use std::collections::HashMap;

use diesel::prelude::*;

pub use lease::Taken;
pub use outcome::heed;
pub use returned::is_returned_by;

use super::kind::{Hand, Kind};
use super::letter::{Hindrance, Letter, LetterState, LetterStatus};
use super::standing;
use super::trouble::Trouble;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::clock::Clock;
use crate::db::lease::ran_out;
use crate::db::schema::letters;
use crate::error::{Error, Result};
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;

/// Stores a letter; it leaves once the caller's transaction has committed. Call
/// [`crate::db::bell::Bell::ring`] afterwards so that it leaves at once.
///
/// # Errors
/// Database errors.
pub fn put(conn: &mut Connection, id: &LetterId, letter: &Letter, now: Moment) -> Result<()> {
    diesel::insert_into(letters::table)
        .values((
            letters::id.eq(id),
            letters::organisation_id.eq(&letter.organisation),
            letters::subject_kind.eq(letter.kind.key),
            letters::subject_id.eq(&letter.about),
            letters::to_email.eq(&letter.to),
            letters::reply_to.eq(&letter.reply_to),
            letters::subject.eq(&letter.subject),
            letters::body_text.eq(&letter.body.text),
            letters::body_html.eq(&letter.body.html),
            letters::by_hand.eq(letter.kind.hand == Hand::Person),
            letters::state.eq(LetterState::Waiting),
            letters::attempts.eq(0),
            letters::due_at.eq(now),
            letters::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The latest letter of a kind about something, as its organisation may see it.
///
/// # Errors
/// Database errors.
pub fn latest_about(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (kind, id): (&Kind, &str),
) -> Result<Option<LetterStatus>> {
    let latest = latest_about_each(conn, organisation, kind, &[id])?;
    Ok(latest.into_iter().next().map(|(_, status)| status))
}

/// The latest letter of a kind about each of several things, with the id of the thing.
///
/// # Errors
/// Database errors.
pub fn latest_about_each(
    conn: &mut Connection,
    organisation: &OrganisationId,
    kind: &Kind,
    ids: &[&str],
) -> Result<Vec<(String, LetterStatus)>> {
    let rows: Vec<StatusRow> = letters::table
        .filter(is_among(letters::subject_id, ids.iter().copied()))
        .filter(letters::subject_kind.eq(kind.key))
        .filter(letters::organisation_id.eq(organisation))
        .order((letters::subject_id, letters::created_at.desc(), letters::id.desc()))
        .select(StatusRow::as_select())
        .load(conn)?;
    let hold = standing::hold(conn)?;
    let mut latest: Vec<(String, LetterStatus)> = Vec::new();
    for row in rows {
        if latest.last().is_none_or(|(last, _)| *last != row.subject_id) {
            latest.push((row.subject_id.clone(), row.status(hold)));
        }
    }
    Ok(latest)
}

/// When the last letter of a kind was written about each of several things, after a moment and by now.
///
/// # Errors
/// Database errors.
pub fn last_written<'a>(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (kind, ids): (&Kind, impl Iterator<Item = &'a str>),
    (after, now): (Moment, Moment),
) -> Result<HashMap<String, Moment>> {
    let rows: Vec<(String, Moment)> = letters::table
        .filter(is_among(letters::subject_id, ids))
        .filter(letters::created_at.gt(after).and(letters::created_at.le(now.farthest(0))))
        .filter(letters::subject_kind.eq(kind.key))
        .filter(letters::organisation_id.eq(organisation))
        .order(letters::created_at)
        .select((letters::subject_id, letters::created_at))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = letters)]
struct StatusRow {
    id: LetterId,
    subject_id: String,
    state: LetterState,
    to_email: Email,
    attempts: i32,
    due_at: Moment,
    sent_at: Option<Moment>,
    trouble: Option<Trouble>,
    last_error: Option<String>,
}

impl StatusRow {
    /// With what holds all letters, if anything does.
    fn status(self, hold: Option<standing::Hold>) -> LetterStatus {
        let waits = self.state == LetterState::Waiting;
        let hold = hold.filter(|_| waits);
        let own = Hindrance::of(self.trouble, self.last_error);
        LetterStatus {
            id: self.id,
            state: self.state,
            to: self.to_email,
            attempts: self.attempts,
            due_at: hold.map_or(self.due_at, |hold| self.due_at.max(hold.until)),
            sent_at: self.sent_at,
            hindrance: own.or_else(|| Hindrance::of(hold.map(|hold| hold.trouble), None)),
        }
    }
}

/// Until when no letter is tried at all, if so.
///
/// # Errors
/// Database errors.
pub fn held_until(conn: &mut Connection) -> Result<Option<Moment>> {
    Ok(standing::hold(conn)?.map(|hold| hold.until))
}

/// A letter in the outbox, as it matters to whoever sends it again.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: LetterId,
    pub organisation: OrganisationId,
    pub kind: &'static Kind,
    /// The id of what it is about.
    pub about: String,
    pub to: Email,
}

/// A letter of one of these kinds.
///
/// # Errors
/// [`Error::NotFound`], also for a letter of another kind; database errors.
pub fn find(conn: &mut Connection, id: &LetterId, kinds: &[&'static Kind]) -> Result<Kept> {
    let row: KeptRow = letters::table.find(id).select(KeptRow::as_select()).first(conn)?;
    let kind = kinds.iter().copied().find(|kind| kind.key == row.subject_kind).ok_or(Error::NotFound)?;
    let KeptRow { id, organisation_id: organisation, subject_id: about, to_email: to, .. } = row;
    Ok(Kept { id, organisation, kind, about, to })
}

/// A letter of one of these kinds, of an organisation.
///
/// # Errors
/// [`Error::NotFound`], also for a letter of another kind or of another organisation; database errors.
pub fn find_own(
    conn: &mut Connection,
    organisation: &OrganisationId,
    id: &LetterId,
    kinds: &[&'static Kind],
) -> Result<Kept> {
    let kept = find(conn, id, kinds)?;
    if kept.organisation == *organisation { Ok(kept) } else { Err(Error::NotFound) }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = letters)]
struct KeptRow {
    id: LetterId,
    organisation_id: OrganisationId,
    subject_kind: String,
    subject_id: String,
    to_email: Email,
}

/// Has a letter that failed, or that waits for its next try, tried at once. Answers `false` when it does neither: it was
/// sent or withdrawn, or is just being sent.
///
/// # Errors
/// [`Error::NotFound`] for another organisation's letter; database errors.
pub fn try_now(
    conn: &mut Connection,
    organisation: &OrganisationId,
    id: &LetterId,
    clock: &Clock,
) -> Result<bool> {
    let own = letters::table.filter(letters::id.eq(id)).filter(letters::organisation_id.eq(organisation));
    let Some(state) = own.select(letters::state).first::<LetterState>(conn).optional()? else {
        return Err(Error::NotFound);
    };
    let now = clock.now();
    let changed = match state {
        LetterState::Sent | LetterState::Withdrawn => 0,
        LetterState::Failed => diesel::update(letters::table.find(id))
            .filter(letters::body_text.ne(""))
            .set((
                letters::state.eq(LetterState::Waiting),
                letters::attempts.eq(0),
                letters::unconfirmed.eq(0),
                letters::trouble.eq(None::<Trouble>),
                letters::last_error.eq(None::<String>),
                letters::due_at.eq(now),
                letters::leased_until.eq(None::<Moment>),
            ))
            .execute(conn)?,
        LetterState::Waiting => {
            let ran_out = ran_out(clock.shared(conn)?);
            diesel::update(letters::table.find(id))
                .filter(letters::leased_until.is_null().or(letters::leased_until.le(ran_out)))
                .set(letters::due_at.eq(now))
                .execute(conn)?
        }
    };
    if changed == 1 {
        standing::lift_hold(conn, now)?;
    }
    Ok(changed == 1)
}

/// Stops letters of a kind that still wait about something, when what they say no longer holds. One that is just being
/// sent may still arrive.
///
/// # Errors
/// Database errors.
pub fn withdraw(conn: &mut Connection, (kind, id): (&Kind, &str)) -> Result<()> {
    diesel::update(letters::table)
        .filter(letters::subject_id.eq(id))
        .filter(letters::subject_kind.eq(kind.key))
        .filter(letters::state.ne(LetterState::Sent))
        .set((
            letters::state.eq(LetterState::Withdrawn),
            letters::trouble.eq(None::<Trouble>),
            letters::last_error.eq(None::<String>),
            letters::body_text.eq(""),
            letters::body_html.eq(""),
        ))
        .execute(conn)?;
    Ok(())
}
