//! The outbox: letters as rows. Whoever causes a letter puts it here in its own transaction.

pub(super) mod lease;
pub(super) mod outcome;

use diesel::prelude::*;

pub use lease::Taken;
pub use outcome::heed;

use super::letter::{Hand, Hindrance, Letter, LetterState, LetterStatus};
use super::standing;
use super::trouble::Trouble;
use crate::db::Connection;
use crate::db::schema::letters;
use crate::error::{Error, Result};
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;

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
            letters::body_text.eq(&letter.body.text),
            letters::body_html.eq(&letter.body.html),
            letters::by_hand.eq(letter.hand == Hand::Person),
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
    let rows: Vec<StatusRow> = letters::table
        .filter(letters::subject_id.eq_any(ids.iter().copied()))
        .filter(letters::subject_kind.eq(kind))
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

/// What a letter is about and to whom it goes.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = letters)]
pub struct About {
    pub subject_kind: String,
    pub subject_id: String,
    pub to_email: Email,
}

/// What a letter of an organisation is about and to whom it goes.
///
/// # Errors
/// [`Error::NotFound`] for another organisation's letter; database errors.
pub fn about(conn: &mut Connection, organisation: &OrganisationId, id: &LetterId) -> Result<About> {
    Ok(letters::table
        .filter(letters::id.eq(id))
        .filter(letters::organisation_id.eq(organisation))
        .select(About::as_select())
        .first(conn)?)
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
    now: Moment,
) -> Result<bool> {
    let own = letters::table.filter(letters::id.eq(id)).filter(letters::organisation_id.eq(organisation));
    let Some(state) = own.select(letters::state).first::<LetterState>(conn).optional()? else {
        return Err(Error::NotFound);
    };
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
        LetterState::Waiting => diesel::update(letters::table.find(id))
            .filter(letters::leased_until.is_null().or(letters::leased_until.le(now)))
            .set(letters::due_at.eq(now))
            .execute(conn)?,
    };
    if changed == 1 {
        standing::lift_hold(conn, now)?;
    }
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
            letters::state.eq(LetterState::Withdrawn),
            letters::trouble.eq(None::<Trouble>),
            letters::last_error.eq(None::<String>),
            letters::body_text.eq(""),
            letters::body_html.eq(""),
        ))
        .execute(conn)?;
    Ok(())
}
