//! What the operator sees: enrolments in one state, and one of them.

use diesel::prelude::*;

use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::DecideEnrolments;
use crate::db::Connection;
use crate::db::row_values::{Than, are};
use crate::db::schema::enrolments;
use crate::enrolment::facts::count_in;
use crate::enrolment::letters::ENROLMENT;
use crate::enrolment::model::{Enrolment, State};
use crate::error::Result;
use crate::mail::outbox;
use crate::session::postage;
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
    count_in(conn, &[state], None)
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
    find(conn, by, id)?;
    let last = outbox::latest_about(conn, &by.organisation.id, (&ENROLMENT, id.as_str()))?;
    if last.is_none_or(|last| last.id != *letter_id) {
        return Ok(false);
    }
    let letter = outbox::find_own(conn, &by.organisation.id, letter_id, &[&ENROLMENT])?;
    postage::send_again(conn, by, &letter, now)
}
