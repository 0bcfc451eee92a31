//! What the operator sees: enrolments in one state, and one of them.

use diesel::prelude::*;

use super::link::holds_until;
use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::DecideEnrolments;
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::letter;
use crate::enrolment::model::{Enrolment, State};
use crate::error::Result;
use crate::mail::outbox;
use crate::values::id::{EnrolmentId, LetterId};
use crate::values::moment::Moment;
use crate::web::Count;
use crate::web::pager::{PAGE_SIZE, Start};

/// An enrolment.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, _by: &Allowed<DecideEnrolments>, id: &EnrolmentId) -> Result<Enrolment> {
    let row: Row = enrolments::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// Up to a page and one enrolments in a state, nearest to the start first: those that wait from the oldest on, all
/// others from the newest on.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<DecideEnrolments>,
    state: State,
    start: &Start,
) -> Result<Vec<Enrolment>> {
    let mut query =
        enrolments::table.filter(enrolments::state.eq(state)).select(Row::as_select()).into_boxed();
    let (place, is_forwards) = match start {
        Start::First => (None, true),
        Start::After(key) => (Some(key), true),
        Start::Before(key) => (Some(key), false),
    };
    let grows = is_forwards == oldest_first(state);
    // A time that makes no sense starts at the top.
    if let Some((at, id)) = place.and_then(|key| Some((Moment::parse_exact(&key.sort)?, key.id.as_str()))) {
        let same = enrolments::state_since.eq(at);
        query = match grows {
            true => query.filter(enrolments::state_since.gt(at).or(same.and(enrolments::id.gt(id)))),
            false => query.filter(enrolments::state_since.lt(at).or(same.and(enrolments::id.lt(id)))),
        };
    }
    query = match grows {
        true => query.order((enrolments::state_since, enrolments::id)),
        false => query.order((enrolments::state_since.desc(), enrolments::id.desc())),
    };
    let limit = i64::try_from(PAGE_SIZE + 1).unwrap_or(i64::MAX);
    let rows: Vec<Row> = query.limit(limit).load(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// Who has waited longest comes first.
fn oldest_first(state: State) -> bool {
    state == State::Waiting
}

/// How many enrolments are in a state, as far as counting is cheap.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, _by: &Allowed<DecideEnrolments>, state: State) -> Result<Count> {
    let some: Vec<EnrolmentId> = enrolments::table
        .filter(enrolments::state.eq(state))
        .select(enrolments::id)
        .limit(Count::LIMIT)
        .load(conn)?;
    Ok(Count::of(some.len()))
}

/// Has the last letter to the applicant tried at once when it failed, or waits for its next try; answers whether it did.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn send_again(
    conn: &mut Connection,
    by: &Allowed<DecideEnrolments>,
    (id, letter_id): (&EnrolmentId, &LetterId),
    now: Moment,
) -> Result<bool> {
    let enrolment = find(conn, by, id)?;
    let last = outbox::latest_about(conn, &by.organisation.id, (letter::ENROLMENT, id.as_str()))?;
    // A letter without a link that holds helps nobody; what is approved needs none.
    if enrolment.state != State::Approved && holds_until(conn, &enrolment)? <= now {
        return Ok(false);
    }
    if last.is_none_or(|last| last.id != *letter_id)
        || !outbox::try_now(conn, &by.organisation.id, letter_id, now)?
    {
        return Ok(false);
    }
    let entry = Entry::new(Action::SendLetterAgain, "letter", letter_id, &enrolment.email);
    activity::store::record(conn, by, &entry, now)?;
    Ok(true)
}
