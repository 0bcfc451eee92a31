//! Doing what the rows were shown to do: one portion after another. Whoever goes on after a crash finds done what is done.

use diesel::prelude::*;

use super::closing::finish;
use super::row::{RowRow, advance, behind, entry, find, written};
use crate::access::Allowed;
use crate::activity::{Action, Change};
use crate::batches::model::{Batch, Row, State};
use crate::batches::trade::{Applied, AppliedOf, Trade, Why as _, Work};
use crate::db::schema::{batch_rows, batches};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::Owner;
use crate::sheets::{Outcome, Turn};
use crate::values::id::{BatchId, JobId};
use crate::values::moment::Moment;

/// What came of applying a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    Now {
        rows: i64,
    },
    /// It was applied before.
    Before,
    /// Not all of its rows have been looked at.
    NotYet,
    /// Another file took its place, or it waited for too long.
    Discarded,
}

/// Has the rows done one after another.
///
/// # Errors
/// [`crate::error::Error::NotFound`] for a file of another organisation; as for [`Trade::open`].
pub fn begin<T: Trade>(
    conn: &mut Connection,
    by: &Allowed<T::Sends>,
    (id, job): (&BatchId, &JobId),
    now: Moment,
) -> Result<Begun> {
    let (batch, _) = find::<T>(conn, by, id)?;
    match batch.state {
        State::Reading => return Ok(Begun::NotYet),
        State::Shown => {}
        State::Discarded => return Ok(Begun::Discarded),
        _ => return Ok(Begun::Before),
    }
    let of = T::open(conn, by, batch.customer)?;
    let shown = batches::table.filter(batches::id.eq(id)).filter(batches::state.eq(State::Shown));
    let met = diesel::update(shown)
        .set((
            batches::state.eq(State::Working),
            batches::applied_at.eq(now),
            batches::applied_by_name.eq(&by.name),
            batches::worker_id.eq(&by.person),
            batches::expires_at.eq(None::<Moment>),
            batches::job_id.eq(job),
        ))
        .execute(conn)?;
    if met == 0 {
        return Err(try_again());
    }
    let owner = Owner { organisation: by.organisation.id, person: by.person };
    jobs::store::put(conn, (job, &owner), (&T::WORK, id), (now, now))?;
    let counts = [
        Change::set("rows_new", batch.tally.new),
        Change::set("rows_changed", batch.tally.changed),
        Change::set("rows_refused", batch.tally.refused),
    ];
    of.record(conn, by, entry(Action::ApplyUpload, &batch).with(counts), now)?;
    Ok(Begun::Now { rows: batch.rows })
}

/// Does the next rows, or comes to the end when none is left.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub(super) fn apply_some<T: Trade>(conn: &mut Connection, of: &T, work: Work<'_>, most: usize) -> Result<()> {
    let rows = behind(conn, work.batch, most)?;
    if rows.is_empty() {
        return finish(conn, of, work);
    }
    let read = rows.iter().map(RowRow::read::<T::Why>).collect::<Result<Vec<_>>>()?;
    let turn = |row| {
        let Row { line, texts, verdict, why, .. }: &Row<T::Why> = row;
        Turn { line: u64::try_from(*line).unwrap_or_default(), texts, verdict: *verdict, why }
    };
    let turns: Vec<Turn<'_, T::Why>> = read.iter().map(turn).collect();
    let applied = of.apply(conn, work, &turns)?;
    keep::<T>(conn, work.batch, rows.iter().zip(applied))
}

/// Leaves a row aside at which the portal has failed; answers `false` where there is none.
///
/// # Errors
/// Database errors.
pub(super) fn pass_over<T: Trade>(conn: &mut Connection, batch: &Batch) -> Result<bool> {
    let rows = behind(conn, batch, 1)?;
    keep::<T>(conn, batch, rows.iter().map(|row| (row, Applied::failed())))?;
    Ok(!rows.is_empty())
}

fn keep<'a, T: Trade>(
    conn: &mut Connection,
    batch: &Batch,
    all: impl Iterator<Item = (&'a RowRow, AppliedOf<T>)>,
) -> Result<()> {
    let (mut tally, mut reached) = (batch.tally, batch.reached);
    for (row, applied) in all {
        let (made, undo) =
            applied.made.as_ref().map(|(made, undo)| (made.to_string(), written(undo))).unzip();
        diesel::update(batch_rows::table.find((&batch.id, row.number)))
            .set((
                batch_rows::result.eq(applied.outcome),
                batch_rows::why.eq(applied.why.kept()),
                batch_rows::made_id.eq(made),
                batch_rows::undo.eq(undo.transpose()?),
                batch_rows::password_at.eq(applied.password_at),
            ))
            .execute(conn)?;
        tally.settle(Outcome::Waiting, applied.outcome);
        reached = row.number;
    }
    advance(conn, batch, (reached, &tally))
}
