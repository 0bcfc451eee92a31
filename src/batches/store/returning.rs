//! Taking back what a file did: first it is found out whether something was built on it, and only if nothing was, or
//! whoever asks wants it nevertheless, the rows are undone.

use diesel::prelude::*;

use super::closing::settle;
use super::row::{RowRow, advance, behind, entry, find, record};
use crate::access::permission::ManageUsers;
use crate::access::{Allowed, Viewer};
use crate::activity::{Action, Change};
use crate::batches::jobs::WORK;
use crate::batches::model::{Batch, PORTION, State};
use crate::customers::model::Customer;
use crate::db::schema::{batch_rows, batches};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::Owner;
use crate::sheets::Outcome;
use crate::users::model::upload::{Undo, Why};
use crate::users::store::open;
use crate::users::store::upload::{built, take_back};
use crate::values::id::{BatchId, CustomerUserId, JobId};
use crate::values::moment::Moment;

/// Has everything that a file did taken back, or, where something was built on a part of it, the rest. Answers `false`
/// where that cannot be done now.
///
/// # Errors
/// As for [`find`]; [`crate::error::Error::Ended`].
pub fn begin(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    ((id, only_rest), job): ((&BatchId, bool), &JobId),
    now: Moment,
) -> Result<bool> {
    let (batch, customer) = find(conn, by, id)?;
    open(conn, &by.reach(), &customer.id)?;
    let is_there = batch.has_rows() && batch.tally.standing() > 0;
    if !is_there || !matches!(batch.state, State::Done | State::Stopped) {
        return Ok(false);
    }
    let state = if only_rest { State::Returning } else { State::Checking };
    let as_it_was = batches::table.filter(batches::id.eq(id)).filter(batches::state.eq(batch.state));
    let met = diesel::update(as_it_was)
        .set((
            batches::state.eq(state),
            batches::reached.eq(0_i64),
            batches::applied_by.eq(&by.person),
            batches::job_id.eq(job),
        ))
        .execute(conn)?;
    if met == 0 {
        return Err(try_again());
    }
    let owner = Owner { organisation: by.organisation.id, person: by.person };
    jobs::store::put(conn, (job, &owner), (&WORK, id), (now, now))?;
    record(conn, by, &customer, &entry(Action::TakeUploadBack, &batch, &customer), now)?;
    Ok(true)
}

/// Looks at the next portion. When all have been looked at, goes on to take them back if nothing was built on any.
///
/// # Errors
/// Database errors.
pub(super) fn check_some(
    conn: &mut Connection,
    batch: &Batch,
    customer: &Customer,
    now: Moment,
) -> Result<()> {
    let rows = behind(conn, batch, PORTION)?;
    let Some(last) = rows.last().map(|row| row.number) else {
        return match batch.tally.built_on {
            0 => go_on(conn, batch),
            _ => settle(conn, batch, (State::Done, ""), now),
        };
    };
    let undone = undoable(&rows)?;
    let pairs: Vec<(CustomerUserId, &Undo)> = undone.iter().map(|(_, user, undo)| (*user, undo)).collect();
    let mut tally = batch.tally;
    for ((row, ..), built) in undone.iter().zip(built(conn, customer, &pairs)?) {
        let Some(built) = built else { continue };
        keep(conn, batch, (row, Outcome::BuiltOn), Why::BuiltOn(built))?;
        tally.settle(row.result, Outcome::BuiltOn);
    }
    advance(conn, batch, (last, &tally))
}

fn go_on(conn: &mut Connection, batch: &Batch) -> Result<()> {
    let checked = batches::table.filter(batches::id.eq(&batch.id)).filter(batches::state.eq(State::Checking));
    let met = diesel::update(checked)
        .set((batches::state.eq(State::Returning), batches::reached.eq(0_i64)))
        .execute(conn)?;
    if met == 1 { Ok(()) } else { Err(try_again()) }
}

/// Undoes the next portion.
///
/// # Errors
/// Database errors.
pub(super) fn take_back_some(
    conn: &mut Connection,
    (batch, by, customer): (&Batch, &Viewer, &Customer),
    now: Moment,
) -> Result<()> {
    let rows = behind(conn, batch, PORTION)?;
    let Some(last) = rows.last().map(|row| row.number) else {
        settle(conn, batch, (State::Returned, &by.name), now)?;
        let counts = [
            Change::set("rows_taken_back", batch.tally.taken_back),
            Change::set("rows_built_on", batch.tally.built_on),
        ];
        let entry = entry(Action::FinishTakingBack, batch, customer).with(counts);
        return record(conn, by, customer, &entry, now);
    };
    let undone = undoable(&rows)?;
    let pairs: Vec<(CustomerUserId, &Undo)> = undone.iter().map(|(_, user, undo)| (*user, undo)).collect();
    let returned = take_back(conn, by, customer, (&batch.file_name, &pairs), now)?;
    let mut tally = batch.tally;
    for ((row, ..), returned) in undone.iter().zip(returned) {
        let (outcome, why) = match returned {
            Ok(()) => (Outcome::TakenBack, Why::Nothing),
            Err(built) => (Outcome::BuiltOn, Why::BuiltOn(built)),
        };
        keep(conn, batch, (row, outcome), why)?;
        tally.settle(row.result, outcome);
    }
    advance(conn, batch, (last, &tally))
}

/// Those of some rows that did something, with whom and how to undo it.
fn undoable(rows: &[RowRow]) -> Result<Vec<(&RowRow, CustomerUserId, Undo)>> {
    let mut all = Vec::new();
    for row in rows.iter().filter(|row| matches!(row.result, Outcome::Added | Outcome::Changed)) {
        if let (Some(user), Some(undo)) = (row.made_id, row.undo()?) {
            all.push((row, user, undo));
        }
    }
    Ok(all)
}

fn keep(conn: &mut Connection, batch: &Batch, (row, outcome): (&RowRow, Outcome), why: Why) -> Result<()> {
    diesel::update(batch_rows::table.find((&batch.id, row.number)))
        .set((
            batch_rows::result.eq(outcome),
            batch_rows::why.eq(why.kept()),
            batch_rows::password_at.eq(None::<Moment>),
        ))
        .execute(conn)?;
    Ok(())
}
