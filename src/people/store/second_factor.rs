//! Second factors of members: removing one that is lost, and asking everybody for one.

use super::change::{entry, hindrance, refused};
use super::list::find;
use crate::access::Allowed;
use crate::access::permission::{OpenAccounts, RequireSecondFactor};
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::error::Result;
use crate::gate::renewed;
use crate::mail::letter::Letter;
use crate::partners;
use crate::people::model::Refusal;
use crate::session::postage;
use crate::session::store::ends::end_elsewhere;
use crate::session::store::second_factor;
use crate::values::id::{LetterId, PersonId};
use crate::values::moment::Moment;

/// Whether a member has a second factor.
///
/// # Errors
/// Database errors.
pub fn has(conn: &mut Connection, id: &PersonId) -> Result<bool> {
    Ok(second_factor::find(conn, id)?.is_some())
}

/// Removes the second factor of a member who has lost it. Answers whether there was one.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such member; database errors.
pub fn reset(
    conn: &mut Connection,
    by: &Allowed<OpenAccounts>,
    id: &PersonId,
    (letter_id, letter): &(LetterId, Letter),
    now: Moment,
) -> Result<Result<bool, Refusal>> {
    let (by, member) = (&renewed(conn, by)?, find(conn, &by.organisation.id, id)?);
    if let Some(refusal) = hindrance(by, &member) {
        return refused(conn, by, (Action::ResetSecondFactor, &member), refusal, now);
    }
    if !second_factor::drop_all(conn, id)? {
        return Ok(Ok(false));
    }
    end_elsewhere(conn, id, (None, None))?;
    activity::store::record(conn, by, &entry(Action::ResetSecondFactor, &member), now)?;
    postage::put(conn, by, letter_id, letter, now)?;
    Ok(Ok(true))
}

/// Sets whether everybody in the organisation needs a second factor. Answers whether that changed anything.
///
/// # Errors
/// Database errors.
pub fn require(
    conn: &mut Connection,
    by: &Allowed<RequireSecondFactor>,
    is_required: bool,
    now: Moment,
) -> Result<bool> {
    let by = &renewed(conn, by)?;
    if !partners::store::second_factor::require(conn, by, is_required)? {
        return Ok(false);
    }
    let word = |is_required| if is_required { "required" } else { "not_required" };
    let change = Change::new("second_factor", word(!is_required), word(is_required));
    let entry =
        Entry::new(Action::RequireSecondFactor, "organisation", by.organisation.id, &by.organisation.name);
    activity::store::record(conn, by, &entry.with([change]), now)?;
    Ok(true)
}
