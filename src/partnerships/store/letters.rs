//! Letters that failed or wait, and are to be tried at once.

use crate::access::Allowed;
use crate::access::permission::RequestPartnerships;
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::links::model::Standing;
use crate::mail::outbox;
use crate::partnerships::letter;
use crate::partnerships::store::requests;
use crate::values::id::{LetterId, PartnershipRequestId};
use crate::values::moment::Moment;

/// What became of a letter.
pub enum Again {
    /// It waits in the outbox; the request it belongs to is named.
    Queued(Option<PartnershipRequestId>),
    /// It neither failed nor waits, or what it says no longer holds.
    Pointless(Option<PartnershipRequestId>),
}

/// Has a letter tried at once that failed, or that waits for its next try.
///
/// # Errors
/// [`Error::NotFound`] for another organisation's letter and one about something else; database errors.
pub fn send_again(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    id: &LetterId,
    now: Moment,
) -> Result<Again> {
    let about = outbox::about(conn, &by.organisation.id, id)?;
    let kind = about.subject_kind.as_str();
    if ![letter::REQUEST, letter::ANSWER].contains(&kind) {
        return Err(Error::NotFound);
    }
    let request = PartnershipRequestId::parse(&about.subject_id);
    if let Some(request) = request.as_ref().filter(|_| kind == letter::REQUEST)
        && requests::find(conn, by, request)?.standing(now) != Standing::Open
    {
        return Ok(Again::Pointless(Some(request.clone())));
    }
    if !outbox::try_now(conn, &by.organisation.id, id, now)? {
        return Ok(Again::Pointless(request));
    }
    let entry = Entry::new(Action::SendLetterAgain, "letter", id, &about.to_email);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Again::Queued(request))
}
