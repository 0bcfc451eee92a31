//! Letters that failed or wait, and are to be tried at once.

use crate::access::Allowed;
use crate::access::permission::AskForAgreements;
use crate::activity::{self, Action, Entry};
use crate::agreements::store::requests::{self, ANSWER, REQUEST};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::links::model::Standing;
use crate::mail::outbox;
use crate::values::id::{AgreementRequestId, LetterId};
use crate::values::moment::Moment;

/// Has a letter about a request tried at once that failed, or that waits for its next try. Answers `false` when it does
/// neither, or what it says no longer holds.
///
/// # Errors
/// [`Error::NotFound`] for another organisation's letter and one about something else; database errors.
pub fn send_again(
    conn: &mut Connection,
    by: &Allowed<AskForAgreements>,
    (request, letter): (&AgreementRequestId, &LetterId),
    now: Moment,
) -> Result<bool> {
    let about = outbox::about(conn, &by.organisation.id, letter)?;
    let kind = about.subject_kind.as_str();
    if ![REQUEST, ANSWER].contains(&kind) || about.subject_id != request.as_str() {
        return Err(Error::NotFound);
    }
    let request = requests::find(conn, by, request)?;
    if kind == REQUEST && request.standing(now) != Standing::Open {
        return Ok(false);
    }
    if !outbox::try_now(conn, &by.organisation.id, letter, now)? {
        return Ok(false);
    }
    let entry = Entry::new(Action::SendLetterAgain, "letter", letter, &about.to_email);
    activity::store::record(conn, by, &entry, now)?;
    Ok(true)
}
