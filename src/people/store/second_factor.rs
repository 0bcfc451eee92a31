//! Second factors of members: removing one that is lost, and asking everybody for one.

use diesel::prelude::*;

use super::change::{entry, hindrance, refused};
use super::list::find;
use crate::access::Allowed;
use crate::access::permission::{OpenAccounts, RequireSecondFactor};
use crate::access::store::renewed;
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::{organisations, people, second_factors};
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::people::model::Refusal;
use crate::session::postage;
use crate::session::store::ends::end_elsewhere;
use crate::session::store::second_factor;
use crate::values::id::{LetterId, PersonId};
use crate::values::moment::Moment;
use crate::web::Count;

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

/// How many active members have no second factor.
///
/// # Errors
/// Database errors.
pub fn without(conn: &mut Connection, by: &Allowed<RequireSecondFactor>) -> Result<Count> {
    let some: Vec<PersonId> = people::table
        .left_join(second_factors::table)
        .filter(people::organisation_id.eq(&by.organisation.id))
        .filter(people::state.eq("active"))
        .filter(second_factors::person_id.nullable().is_null())
        .select(people::id)
        .limit(Count::LIMIT)
        .load(conn)?;
    Ok(Count::of(some.len()))
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
    let other = organisations::table
        .find(&by.organisation.id)
        .filter(organisations::requires_second_factor.ne(is_required));
    let changed =
        diesel::update(other).set(organisations::requires_second_factor.eq(is_required)).execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    let word = |is_required| if is_required { "required" } else { "not_required" };
    let change = Change::new("second_factor", word(!is_required), word(is_required));
    let entry =
        Entry::new(Action::RequireSecondFactor, "organisation", &by.organisation.id, &by.organisation.name);
    activity::store::record(conn, by, &entry.with([change]), now)?;
    Ok(true)
}
