//! Taking back what a file did: first it is found out whether something was built on it, and only if nothing was, or
//! whoever asks wants it nevertheless, the rows are undone.

use diesel::prelude::*;

use super::closing::{rest, settle};
use super::row::{RowRow, advance, as_it_was, behind, entry, find, record, written};
use crate::access::permission::ManageUsers;
use crate::access::{Allowed, Viewer};
use crate::activity::{Action, Change};
use crate::batches::jobs::WORK;
use crate::batches::model::{Batch, State, Tally};
use crate::customers::model::Customer;
use crate::db::schema::{batch_rows, batches};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::Owner;
use crate::sheets::Outcome;
use crate::users::model::upload::{Built, Undo};
use crate::users::store::open;
use crate::users::store::upload::{Done, built, take_back};
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
    if !batch.is_settled() || !batch.has_rows(&now) || batch.tally.standing() == 0 {
        return Ok(false);
    }
    // What is checked is counted anew.
    let (state, built_on) =
        if only_rest { (State::Returning, batch.tally.built_on) } else { (State::Checking, 0) };
    let met = diesel::update(as_it_was(&batch))
        .set((
            batches::state.eq(state),
            batches::reached.eq(0_i64),
            batches::tally.eq(written(&Tally { built_on, ..batch.tally })?),
            batches::expires_at.eq(None::<Moment>),
            batches::worker_id.eq(&by.person),
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
    (batch, by, customer): (&Batch, &Viewer, &Customer),
    most: usize,
    now: Moment,
) -> Result<()> {
    let rows = behind(conn, batch, most)?;
    let Some(last) = rows.last().map(|row| row.number) else {
        return match batch.tally.built_on {
            0 => go_on(conn, batch),
            _ => rest(conn, batch, now),
        };
    };
    let standing = standing(&rows)?;
    let mut tally = batch.tally;
    for ((row, ..), built) in standing.iter().zip(built(conn, by, customer, &pairs(&standing))?) {
        if row.built_on != built {
            mark(conn, batch, row, built)?;
        }
        tally.built_on = tally.built_on.saturating_add(i64::from(built.is_some()));
    }
    advance(conn, batch, (last, &tally))
}

fn go_on(conn: &mut Connection, batch: &Batch) -> Result<()> {
    let met = diesel::update(as_it_was(batch))
        .set((batches::state.eq(State::Returning), batches::reached.eq(0_i64)))
        .execute(conn)?;
    if met == 1 { Ok(()) } else { Err(try_again()) }
}

/// Undoes the next portion, without those that were said to stay.
///
/// # Errors
/// Database errors.
pub(super) fn take_back_some(
    conn: &mut Connection,
    (batch, by, customer): (&Batch, &Viewer, &Customer),
    most: usize,
    now: Moment,
) -> Result<()> {
    let rows = behind(conn, batch, most)?;
    let Some(last) = rows.last().map(|row| row.number) else {
        settle(conn, batch, (State::Returned, &by.name), now)?;
        let counts = [
            Change::set("rows_taken_back", batch.tally.taken_back),
            Change::set("rows_built_on", batch.tally.built_on),
        ];
        let entry = entry(Action::FinishTakingBack, batch, customer).with(counts);
        return record(conn, by, customer, &entry, now);
    };
    let mut standing = standing(&rows)?;
    standing.retain(|(row, ..)| row.built_on.is_none());
    let returned = take_back(conn, by, customer, (&batch.name(), &pairs(&standing)), now)?;
    let mut tally = batch.tally;
    for ((row, ..), returned) in standing.iter().zip(returned) {
        match returned {
            Ok(()) => {
                keep(conn, batch, row)?;
                tally.settle(row.result, Outcome::TakenBack);
            }
            Err(built) => {
                mark(conn, batch, row, Some(built))?;
                tally.built_on = tally.built_on.saturating_add(1);
            }
        }
    }
    advance(conn, batch, (last, &tally))
}

/// Leaves a row as it is at which the portal has failed; answers `false` where there is none.
///
/// # Errors
/// Database errors.
pub(super) fn pass_over(conn: &mut Connection, batch: &Batch) -> Result<bool> {
    let rows = behind(conn, batch, 1)?;
    let Some(row) = rows.first() else { return Ok(false) };
    let mut tally = batch.tally;
    // A check counts anew; what is taken back leaves out what that found.
    let is_asked = batch.state == State::Checking || row.built_on.is_none();
    if matches!(row.result, Outcome::Added | Outcome::Changed) && is_asked {
        mark(conn, batch, row, Some(Built::Failed))?;
        tally.built_on = tally.built_on.saturating_add(1);
    }
    advance(conn, batch, (row.number, &tally))?;
    Ok(true)
}

/// A row that did something, with whom and how to undo it.
type Standing<'a> = (&'a RowRow, CustomerUserId, Undo);

fn standing(rows: &[RowRow]) -> Result<Vec<Standing<'_>>> {
    let mut all = Vec::new();
    for row in rows.iter().filter(|row| matches!(row.result, Outcome::Added | Outcome::Changed)) {
        if let (Some(user), Some(undo)) = (row.made_id, row.undo()?) {
            all.push((row, user, undo));
        }
    }
    Ok(all)
}

fn pairs<'a>(standing: &'a [Standing<'_>]) -> Vec<Done<'a>> {
    standing.iter().map(|(_, user, undo)| (*user, undo)).collect()
}

fn mark(conn: &mut Connection, batch: &Batch, row: &RowRow, built: Option<Built>) -> Result<()> {
    diesel::update(batch_rows::table.find((&batch.id, row.number)))
        .set(batch_rows::built_on.eq(built))
        .execute(conn)?;
    Ok(())
}

fn keep(conn: &mut Connection, batch: &Batch, row: &RowRow) -> Result<()> {
    diesel::update(batch_rows::table.find((&batch.id, row.number)))
        .set((
            batch_rows::result.eq(Outcome::TakenBack),
            batch_rows::why.eq(""),
            batch_rows::password_at.eq(None::<Moment>),
        ))
        .execute(conn)?;
    Ok(())
}
