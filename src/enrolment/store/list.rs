//! What the operator sees: enrolments in one state, and one of them.

use diesel::prelude::*;

use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::DecideEnrolments;
use crate::db::Connection;
use crate::db::row_values::{Than, are};
use crate::db::schema::enrolments;
use crate::enrolment::letters::ENROLMENT;
use crate::enrolment::model::{Enrolment, State};
use crate::error::Result;
use crate::mail::outbox::{self, Kept};
use crate::values::id::{EnrolmentId, LetterId};
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
    let (since, id) = (enrolments::state_since, enrolments::id);
    let grows = start.is_backwards() != oldest_first(state);
    // A time that makes no sense starts at the top.
    if let Some(place) = start.moment() {
        query = query.filter(are((since, id), if grows { Than::Greater } else { Than::Less }, place));
    }
    query = match grows {
        true => query.order((since.asc(), id.asc())),
        false => query.order((since.desc(), id.desc())),
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

/// A letter to the applicant, if it is the last one.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn last_letter(
    conn: &mut Connection,
    by: &Allowed<DecideEnrolments>,
    (id, letter): (&EnrolmentId, &LetterId),
) -> Result<Option<Kept>> {
    find(conn, by, id)?;
    let last = outbox::latest_about(conn, &by.organisation.id, (&ENROLMENT, id.as_str()))?;
    let Some(last) = last.filter(|last| last.id == *letter) else { return Ok(None) };
    outbox::find_own(conn, &by.organisation.id, &last.id, &[&ENROLMENT]).map(Some)
}
