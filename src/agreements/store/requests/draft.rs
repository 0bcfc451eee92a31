//! The text of a request that is not sent yet, and its sending.

use diesel::prelude::*;

use super::{entry, find};
use crate::access::Allowed;
use crate::access::permission::AskForAgreements;
use crate::activity::{self, Action, Change};
use crate::agreements::model::Request;
use crate::db::Connection;
use crate::db::schema::agreement_requests;
use crate::error::Result;
use crate::links::model::{DraftText, RequestState};
use crate::mail::letter::Letter;
use crate::session::postage;
use crate::values::id::{AgreementRequestId, LetterId};
use crate::values::moment::Moment;

/// What became of a draft that somebody edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Done,
    /// Somebody else edited it in the meantime.
    Changed,
    /// It was sent, answered, revoked or has expired.
    Closed,
}

/// Keeps an edited text.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn keep_text(
    conn: &mut Connection,
    by: &Allowed<AskForAgreements>,
    edited: (&AgreementRequestId, i32),
    text: &DraftText,
    now: Moment,
) -> Result<Kept> {
    write(conn, by, edited, text, None, now)
}

/// Keeps the text and puts the letter into the outbox: once, however often the button is pressed.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn send(
    conn: &mut Connection,
    by: &Allowed<AskForAgreements>,
    edited: (&AgreementRequestId, i32),
    text: &DraftText,
    (letter_id, letter): (&LetterId, &Letter),
    now: Moment,
) -> Result<Kept> {
    let kept = write(conn, by, edited, text, Some(now), now)?;
    if kept == Kept::Done {
        postage::put(conn, by, letter_id, letter, now)?;
        let request = find(conn, by, edited.0)?;
        let entry = entry(Action::SendAgreementRequest, &request).with([Change::set("email", &letter.to)]);
        activity::store::record(conn, by, &entry, now)?;
    }
    Ok(kept)
}

/// The same with one of many letters that somebody sends at once. Answers `false` where so many went to the address, or out
/// for the organisation, that this one is left out. Then the caller's savepoint must not be kept.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn send_one_of_many(
    conn: &mut Connection,
    by: &Allowed<AskForAgreements>,
    (request, text): (&Request, &DraftText),
    (letter_id, letter): (&LetterId, &Letter),
    now: Moment,
) -> Result<bool> {
    let edited = (&request.id, request.version);
    if write(conn, by, edited, text, Some(now), now)? != Kept::Done
        || !postage::put_one_of_many_to_anybody(conn, &by.organisation.id, (letter_id, letter), now)?
    {
        return Ok(false);
    }
    let entry = entry(Action::SendAgreementRequest, request).with([Change::set("email", &letter.to)]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(true)
}

fn write(
    conn: &mut Connection,
    by: &Allowed<AskForAgreements>,
    (id, version): (&AgreementRequestId, i32),
    text: &DraftText,
    sent_at: Option<Moment>,
    now: Moment,
) -> Result<Kept> {
    let written = diesel::update(agreement_requests::table)
        .filter(agreement_requests::id.eq(id))
        .filter(agreement_requests::provider_id.eq(&by.organisation.id))
        .filter(agreement_requests::state.eq(RequestState::Open))
        .filter(agreement_requests::expires_at.gt(now))
        .filter(agreement_requests::sent_at.is_null())
        .filter(agreement_requests::version.eq(version))
        .set((
            agreement_requests::subject.eq(&text.subject),
            agreement_requests::language.eq(text.language),
            agreement_requests::body.eq(&text.text),
            agreement_requests::sent_at.eq(sent_at),
            agreement_requests::version.eq(agreement_requests::version + 1),
        ))
        .execute(conn)?;
    if written == 1 {
        return Ok(Kept::Done);
    }
    let stands = find(conn, by, id)?;
    Ok(if stands.progress.is_draft(now) { Kept::Changed } else { Kept::Closed })
}
