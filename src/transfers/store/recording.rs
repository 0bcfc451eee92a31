//! The hand-over to a partner that is none of this installation, as whoever gives the subscriptions away records it: they
//! end here on a day, and nothing of them is billed from then on.

use chrono::NaiveDate;

use super::closing::{Voice, close, entry, keep_answer, record_with_sides, tell_end};
use super::{find_for, moving, one};
use crate::access::Allowed;
use crate::access::permission::StartTransfers;
use crate::activity::{Action, Change};
use crate::db::{Connection, try_again};
use crate::error::{Error, Result};
use crate::transfers::form::Recorded;
use crate::transfers::model::{Kind, Outcome, Side, State, Transfer};
use crate::values::id::TransferId;
use crate::values::moment::Moment;
use crate::web::Site;

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// So many have ended here, and so many could not.
    Done(usize, usize),
    Failed,
    /// Somebody was faster, or the time is over.
    Over,
}

/// One that waits for that.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn find_waiting(
    conn: &mut Connection,
    by: &Allowed<StartTransfers>,
    id: &TransferId,
) -> Result<Transfer> {
    let transfer = find_for(conn, by, id)?;
    let is_own = transfer.kind == Kind::Outside && transfer.starter == by.organisation.id;
    if is_own { Ok(transfer) } else { Err(Error::NotFound) }
}

/// The first day that can be recorded: nothing moves before the customer has consented.
pub fn earliest(transfer: &Transfer) -> NaiveDate {
    let consent = transfer.answer_of(Side::Customer);
    consent.map_or(transfer.started_at, |answer| answer.at).day()
}

/// Records it.
///
/// # Errors
/// [`Error::NotFound`] when there is none; when a letter cannot be written; database errors.
pub fn record(
    conn: &mut Connection,
    by: &Allowed<StartTransfers>,
    (id, recorded): (&TransferId, &Recorded),
    site: &Site,
    now: Moment,
) -> Result<Handed> {
    let transfer = find_waiting(conn, by, id)?;
    if transfer.state != State::Partner || transfer.version != recorded.version {
        return Ok(Handed::Over);
    }
    let gone = moving::give_away(conn, by, (&transfer, recorded.on), now)?;
    let (voice, state) = (Voice::Person(by), if gone == 0 { State::Failed } else { State::Done });
    if !close(conn, &transfer, state, (voice, ""), now)? {
        // Nothing of this may stay.
        return Err(try_again());
    }
    keep_answer(conn, &transfer, (Side::Partner, true), (voice, ""), now)?;
    let after = one(conn, &transfer.id)?;
    let failed = after.count(Outcome::Failed);
    let entry = |customer: &_| {
        entry(Action::AcceptTransfer, &transfer, customer).with([
            Change::set("transfer", state.as_text()),
            Change::set("ended_on", recorded.on),
            Change::set("moved", gone),
            Change::set("failed_items", failed),
        ])
    };
    record_with_sides(conn, &transfer, voice, entry, now)?;
    tell_end(conn, &transfer.id, voice, site, now)?;
    Ok(if gone == 0 { Handed::Failed } else { Handed::Done(gone, failed) })
}
