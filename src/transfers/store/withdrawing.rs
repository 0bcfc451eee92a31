//! Whoever started a file takes it back, as long as it is open. Everything stays as it was.

use super::closing::{Voice, close, entry, record_with_sides, tell_end};
use super::find_for;
use crate::access::Allowed;
use crate::access::permission::WithdrawTransfers;
use crate::activity::{Action, Change};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::transfers::model::{State, Transfer};
use crate::values::id::TransferId;
use crate::values::moment::Moment;
use crate::web::Site;

/// One that the viewer's organisation started.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn find_started(
    conn: &mut Connection,
    by: &Allowed<WithdrawTransfers>,
    id: &TransferId,
) -> Result<Transfer> {
    let transfer = find_for(conn, by, id)?;
    if transfer.starter == by.organisation.id { Ok(transfer) } else { Err(Error::NotFound) }
}

/// Withdraws it. Answers `false` where it had come to its end by then.
///
/// # Errors
/// [`Error::NotFound`] when there is none; when a letter cannot be written; database errors.
pub fn withdraw(
    conn: &mut Connection,
    by: &Allowed<WithdrawTransfers>,
    (id, reason): (&TransferId, &str),
    site: &Site,
    now: Moment,
) -> Result<bool> {
    let (transfer, voice) = (find_started(conn, by, id)?, Voice::Person(by));
    if !transfer.state.is_open() || !close(conn, &transfer, State::Withdrawn, (voice, reason), now)? {
        return Ok(false);
    }
    let given = (!reason.is_empty()).then(|| Change::set("reason", reason));
    let entry = |customer: &_| entry(Action::WithdrawTransfer, &transfer, customer).with(given.clone());
    record_with_sides(conn, &transfer, voice, entry, now)?;
    tell_end(conn, &transfer.id, voice, site, now)?;
    Ok(true)
}
