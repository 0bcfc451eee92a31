//! What the operator sees: enrolments in one state, and one of them.

use diesel::prelude::*;

use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::DecideEnrolments;
use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::facts::count_in;
use crate::enrolment::letters::ENROLMENT;
use crate::enrolment::model::{Enrolment, State};
use crate::error::Result;
use crate::mail::outbox::{self, Kept};
use crate::values::id::{EnrolmentId, LetterId};
use crate::web::Count;
use crate::web::pager::{Page, Portion, ascending, descending, keyset};

/// An enrolment.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, _by: &Allowed<DecideEnrolments>, id: &EnrolmentId) -> Result<Enrolment> {
    let row: Row = enrolments::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// A page of enrolments in a state: those that wait from the oldest on, all others from the newest on.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    _by: &Allowed<DecideEnrolments>,
    state: State,
    portion: &Portion,
) -> Result<Page<Enrolment>> {
    let query = enrolments::table.filter(enrolments::state.eq(state)).into_boxed();
    let (since, id) = (enrolments::state_since, enrolments::id);
    let order = if state == State::Waiting { ascending(since, id) } else { descending(since, id) };
    let page: Page<Row> = keyset(conn, query, order, portion)?;
    Ok(page.map(Enrolment::from))
}

/// How many enrolments are in a state, as far as counting is cheap.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, _by: &Allowed<DecideEnrolments>, state: State) -> Result<Count> {
    count_in(conn, &[state], None)
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
