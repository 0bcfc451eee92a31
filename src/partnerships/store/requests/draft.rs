//! What somebody writes of a request that is not sent yet, and its sending.

use diesel::prelude::*;

use super::partner::partner_at;
use super::{REQUEST, find, other_to};
use crate::access::Allowed;
use crate::access::permission::RequestPartnerships;
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::partnership_requests;
use crate::error::Result;
use crate::links::model::RequestState;
use crate::mail::letter::Letter;
use crate::partnerships::model::Drafted;
use crate::partnerships::store::code;
use crate::session::postage;
use crate::values::email::Email;
use crate::values::id::{LetterId, PartnershipRequestId};
use crate::values::moment::Moment;

/// What became of a draft that somebody edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Done,
    /// It is kept and not sent: something about the address is to be looked at first.
    PointedOut,
    /// Somebody else edited it in the meantime.
    Changed,
    /// It was sent, answered, revoked or has expired.
    Closed,
}

/// What sending needs from outside.
#[derive(Clone, Debug)]
pub struct Sending {
    pub letter_id: LetterId,
    pub letter: Letter,
    /// The address with which everything was shown that is to be looked at before sending.
    pub looked_at: Option<Email>,
}

/// Keeps what was edited.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn keep(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    edited: (&PartnershipRequestId, i32),
    drafted: &Drafted,
    now: Moment,
) -> Result<Kept> {
    write_draft(conn, by, edited, drafted, None, now)
}

/// Keeps what was edited and puts the letter into the outbox: once, however often the button is pressed.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn send(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    (id, version): (&PartnershipRequestId, i32),
    drafted: &Drafted,
    sending: &Sending,
    now: Moment,
) -> Result<Kept> {
    if sending.looked_at.as_ref() != Some(&drafted.to) {
        let is_partner = partner_at(conn, by, &drafted.to)?.is_some();
        if is_partner || other_to(conn, by, (id, &drafted.to), now)?.is_some() {
            let kept = write_draft(conn, by, (id, version), drafted, None, now)?;
            return Ok(if kept == Kept::Done { Kept::PointedOut } else { kept });
        }
    }
    let kept = write_draft(conn, by, (id, version), drafted, Some(now), now)?;
    if kept == Kept::Done {
        postage::put(conn, by, &sending.letter_id, &sending.letter, now)?;
        let entry = Entry::new(Action::SendPartnershipRequest, REQUEST, id, &drafted.to)
            .with([Change::set("email", &drafted.to)]);
        activity::store::record(conn, by, &entry, now)?;
    }
    Ok(kept)
}

fn write_draft(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    (id, version): (&PartnershipRequestId, i32),
    drafted: &Drafted,
    sent_at: Option<Moment>,
    now: Moment,
) -> Result<Kept> {
    let before = find(conn, by, id)?;
    let written = diesel::update(partnership_requests::table)
        .filter(partnership_requests::id.eq(id))
        .filter(partnership_requests::provider_id.eq(&by.organisation.id))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .filter(partnership_requests::expires_at.gt(now))
        .filter(partnership_requests::sent_at.is_null())
        .filter(partnership_requests::version.eq(version))
        .set((
            partnership_requests::to_email.eq(&drafted.to),
            partnership_requests::subject.eq(&drafted.text.subject),
            partnership_requests::body.eq(&drafted.text.text),
            partnership_requests::language.eq(drafted.text.language),
            partnership_requests::addressee_only.eq(drafted.addressee_only),
            partnership_requests::sent_at.eq(sent_at),
            partnership_requests::version.eq(partnership_requests::version + 1),
        ))
        .execute(conn)?;
    if written == 0 {
        return Ok(if before.progress.is_draft(now) { Kept::Changed } else { Kept::Closed });
    }
    if before.to != drafted.to {
        // A code proves the mailbox that it was sent to, and no other.
        code::forget_all(conn, id)?;
    }
    record_changes(conn, by, id, (&before.drafted(), drafted), now)?;
    Ok(Kept::Done)
}

/// Whom it asks is evidence; the words are not.
fn record_changes(
    conn: &mut Connection,
    by: &Allowed<RequestPartnerships>,
    id: &PartnershipRequestId,
    (before, after): (&Drafted, &Drafted),
    now: Moment,
) -> Result<()> {
    let yes_no = |yes: bool| if yes { "yes" } else { "no" };
    let email = (before.to != after.to).then(|| Change::new("email", &before.to, &after.to));
    let (old, new) = (before.addressee_only, after.addressee_only);
    let only = (old != new).then(|| Change::new("addressee_only", yes_no(old), yes_no(new)));
    if email.is_none() && only.is_none() {
        return Ok(());
    }
    let entry = Entry::new(Action::UpdatePartnershipRequest, REQUEST, id, &after.to);
    activity::store::record(conn, by, &entry.with(email).with(only), now)
}
