//! Taking back what a file did: first it is found out whether something was built on it, and only if nothing was, or
//! whoever asks wants it nevertheless, the rows are undone.

use diesel::prelude::*;

use super::again::set_under_way;
use super::closing::{rest, settle};
use super::row::{RowRow, advance, as_it_was, behind, entry, find};
use crate::access::Allowed;
use crate::activity::{Action, Change};
use crate::batches::model::{Batch, State, Tally};
use crate::batches::trade::{Done, Trade, Work};
use crate::db::schema::{batch_rows, batches};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::sheets::{Built, Outcome};
use crate::values::id::{BatchId, JobId};
use crate::values::moment::Moment;

/// Has everything that a file did taken back, or, where something was built on a part of it, the rest. Answers `false`
/// where that cannot be done now.
///
/// # Errors
/// As for [`Trade::open`].
pub fn begin<T: Trade>(
    conn: &mut Connection,
    by: &Allowed<T::Keeps>,
    ((id, only_rest), job): ((&BatchId, bool), &JobId),
    now: Moment,
) -> Result<bool> {
    let (batch, _) = find::<T>(conn, by, id)?;
    let of = T::open(conn, by, batch.customer)?;
    if !batch.is_settled() || !batch.has_rows(&now) || batch.tally.standing() == 0 {
        return Ok(false);
    }
    // What is checked is counted anew.
    let (state, built_on) =
        if only_rest { (State::Returning, batch.tally.built_on) } else { (State::Checking, 0) };
    set_under_way::<T>(conn, by, (&batch, job), (state, &Tally { built_on, ..batch.tally }), now)?;
    of.record(conn, by, entry(Action::TakeUploadBack, &batch), now)?;
    Ok(true)
}

/// Looks at the next portion. When all have been looked at, goes on to take them back if nothing was built on any.
///
/// # Errors
/// Database errors.
pub(super) fn check_some<T: Trade>(conn: &mut Connection, of: &T, work: Work<'_>, most: usize) -> Result<()> {
    let batch = work.batch;
    let rows = behind(conn, batch, most)?;
    let Some(last) = rows.last().map(|row| row.number) else {
        return match batch.tally.built_on {
            0 => go_on(conn, batch),
            _ => rest(conn, batch, work.now),
        };
    };
    let standing = standing::<T>(&rows)?;
    let mut tally = batch.tally;
    for ((row, ..), built) in standing.iter().zip(of.built(conn, work, &pairs::<T>(&standing))?) {
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
pub(super) fn take_back_some<T: Trade>(
    conn: &mut Connection,
    of: &T,
    work: Work<'_>,
    most: usize,
) -> Result<()> {
    let (batch, by) = (work.batch, work.by);
    let rows = behind(conn, batch, most)?;
    let Some(last) = rows.last().map(|row| row.number) else {
        settle(conn, batch, (State::Returned, &by.name), work.now)?;
        let counts = [
            Change::set("rows_taken_back", batch.tally.taken_back),
            Change::set("rows_built_on", batch.tally.built_on),
        ];
        return of.record(conn, by, entry(Action::FinishTakingBack, batch).with(counts), work.now);
    };
    let mut standing = standing::<T>(&rows)?;
    standing.retain(|(row, ..)| row.built_on.is_none());
    let returned = of.take_back(conn, work, &pairs::<T>(&standing))?;
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

/// A row that did something, with what that was and how to undo it.
type Standing<'a, T> = (&'a RowRow, <T as Trade>::Made, <T as Trade>::Undo);

fn standing<T: Trade>(rows: &[RowRow]) -> Result<Vec<Standing<'_, T>>> {
    let mut all = Vec::new();
    for row in rows.iter().filter(|row| matches!(row.result, Outcome::Added | Outcome::Changed)) {
        if let (Some(made), Some(undo)) = (row.made::<T>(), row.undo::<T>()?) {
            all.push((row, made, undo));
        }
    }
    Ok(all)
}

fn pairs<'a, T: Trade>(standing: &'a [Standing<'_, T>]) -> Vec<Done<'a, T>> {
    standing.iter().map(|(_, made, undo)| (*made, undo)).collect()
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
