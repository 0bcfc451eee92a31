//! The text of a request that is not sent yet, and its sending.

use diesel::prelude::*;

use super::find;
use crate::access::Allowed;
use crate::access::permission::RequestPartnerships;
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::partnership_requests;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partnerships::letter;
use crate::partnerships::model::{DraftText, RequestState};
use crate::values::id::{LetterId, PartnershipRequestId};
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
/// [`Error::NotFound`]; database errors.
pub fn keep_text(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    edited: (&PartnershipRequestId, i32),
    draft: &DraftText,
    now: Moment,
) -> Result<Kept> {
    write_draft(conn, by, edited, draft, None, now)
}

/// Keeps the text and puts the letter into the outbox: once, however often the button is pressed.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn send(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    edited: (&PartnershipRequestId, i32),
    draft: &DraftText,
    (letter_id, letter): (&LetterId, &Letter),
    now: Moment,
) -> Result<Kept> {
    let kept = write_draft(conn, by, edited, draft, Some(now), now)?;
    if kept == Kept::Done {
        outbox::put(conn, letter_id, letter, now)?;
        let entry = Entry::new(Action::SendPartnershipRequest, letter::REQUEST, edited.0, &letter.to)
            .with([Change::set("email", &letter.to)]);
        activity::store::record(conn, by, &entry, now)?;
    }
    Ok(kept)
}

fn write_draft(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    (id, version): (&PartnershipRequestId, i32),
    draft: &DraftText,
    sent_at: Option<Moment>,
    now: Moment,
) -> Result<Kept> {
    let written = diesel::update(partnership_requests::table)
        .filter(partnership_requests::id.eq(id))
        .filter(partnership_requests::provider_id.eq(&by.organisation.id))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .filter(partnership_requests::expires_at.gt(now))
        .filter(partnership_requests::sent_at.is_null())
        .filter(partnership_requests::version.eq(version))
        .set((
            partnership_requests::subject.eq(&draft.subject),
            partnership_requests::body.eq(&draft.text),
            partnership_requests::sent_at.eq(sent_at),
            partnership_requests::version.eq(partnership_requests::version + 1),
        ))
        .execute(conn)?;
    if written == 1 {
        return Ok(Kept::Done);
    }
    let now_stands = find(conn, by, id)?;
    let is_draft =
        now_stands.state == RequestState::Open && now_stands.expires_at > now && now_stands.sent_at.is_none();
    Ok(if is_draft { Kept::Changed } else { Kept::Closed })
}
