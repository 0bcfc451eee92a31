//! What somebody writes of a request that is not sent yet, and its sending.

use diesel::prelude::*;

use super::code;
use super::hindrance::hindrance;
use super::requests::{REQUEST, demand_right, find_own, other_to, record, yes_no};
use crate::access::Allowed;
use crate::access::permission::InviteCustomers;
use crate::activity::{Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::customer_requests;
use crate::error::Result;
use crate::invitations::model::{Drafted, Hindrance, Request};
use crate::links::model::RequestState;
use crate::mail::letter::Letter;
use crate::session::postage;
use crate::values::email::Email;
use crate::values::id::{CustomerRequestId, LetterId};
use crate::values::moment::Moment;

/// What became of a draft that somebody edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Done,
    /// It is kept and not sent: something about the address is to be looked at first.
    PointedOut,
    /// It is not sent: nobody could accept it.
    Hindered(Hindrance),
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
/// [`crate::error::Error::NotFound`]; [`crate::error::Error::Forbidden`] where it asks for more than the viewer may;
/// database errors.
pub fn keep(
    conn: &mut Connection,
    by: &Allowed<InviteCustomers>,
    edited: (&CustomerRequestId, i32),
    drafted: &Drafted,
    now: Moment,
) -> Result<Kept> {
    let before = find_own(conn, by, edited.0)?;
    write(conn, by, (&before, edited.1), drafted, None, now)
}

/// Keeps what was edited and puts the letter into the outbox: once, however often the button is pressed.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; [`crate::error::Error::Forbidden`] where it asks for more than the viewer may;
/// [`crate::error::Error::TooManyLetters`]; database errors.
pub fn send(
    conn: &mut Connection,
    by: &Allowed<InviteCustomers>,
    (id, version): (&CustomerRequestId, i32),
    drafted: &Drafted,
    sending: &Sending,
    now: Moment,
) -> Result<Kept> {
    let before = find_own(conn, by, id)?;
    if let Some(hindrance) = hindrance(conn, &before.provider, before.reseller.as_ref())? {
        return Ok(Kept::Hindered(hindrance));
    }
    if sending.looked_at.as_ref() != Some(&drafted.to)
        && other_to(conn, by, (id, &drafted.to), now)?.is_some()
    {
        let kept = write(conn, by, (&before, version), drafted, None, now)?;
        return Ok(if kept == Kept::Done { Kept::PointedOut } else { kept });
    }
    let kept = write(conn, by, (&before, version), drafted, Some(now), now)?;
    if kept == Kept::Done {
        postage::put(conn, by, &sending.letter_id, &sending.letter, now)?;
        let entry = Entry::new(Action::SendInvitation, REQUEST, id, &drafted.to)
            .with([Change::set("email", &drafted.to)]);
        record(conn, by, (&before.provider, before.reseller.as_ref()), &entry, now)?;
    }
    Ok(kept)
}

fn write(
    conn: &mut Connection,
    by: &Allowed<InviteCustomers>,
    (before, version): (&Request, i32),
    drafted: &Drafted,
    sent_at: Option<Moment>,
    now: Moment,
) -> Result<Kept> {
    demand_right(by, drafted)?;
    let written = diesel::update(customer_requests::table)
        .filter(customer_requests::id.eq(&before.id))
        .filter(customer_requests::state.eq(RequestState::Open))
        .filter(customer_requests::expires_at.gt(now))
        .filter(customer_requests::sent_at.is_null())
        .filter(customer_requests::version.eq(version))
        .set((
            customer_requests::to_email.eq(&drafted.to),
            customer_requests::to_name.eq(&drafted.to_name),
            customer_requests::includes_administration.eq(drafted.includes_administration),
            customer_requests::subject.eq(&drafted.text.subject),
            customer_requests::body.eq(&drafted.text.text),
            customer_requests::language.eq(drafted.text.language),
            customer_requests::sent_at.eq(sent_at),
            customer_requests::version.eq(customer_requests::version + 1),
        ))
        .execute(conn)?;
    if written == 0 {
        return Ok(if before.progress.is_draft(now) { Kept::Changed } else { Kept::Closed });
    }
    if before.drafted.to != drafted.to {
        // A code proves the mailbox that it was sent to, and no other.
        code::forget(conn, &before.id)?;
    }
    record_changes(conn, by, before, drafted, now)?;
    Ok(Kept::Done)
}

/// Whom it asks for what is evidence; the words are not.
fn record_changes(
    conn: &mut Connection,
    by: &Allowed<InviteCustomers>,
    before: &Request,
    after: &Drafted,
    now: Moment,
) -> Result<()> {
    let old = &before.drafted;
    let administration = (yes_no(old.includes_administration), yes_no(after.includes_administration));
    let changes: Vec<Change> = [
        ("email", old.to.as_str(), after.to.as_str()),
        ("name", old.to_name.as_str(), after.to_name.as_str()),
        ("administration", administration.0, administration.1),
    ]
    .into_iter()
    .filter(|(_, old, new)| old != new)
    .map(|(field, old, new)| Change::new(field, old, new))
    .collect();
    if changes.is_empty() {
        return Ok(());
    }
    let entry = Entry::new(Action::UpdateInvitation, REQUEST, before.id, &after.to).with(changes);
    record(conn, by, (&before.provider, before.reseller.as_ref()), &entry, now)
}
