//! Doing what the rows were shown to do: one portion after another. Whoever goes on after a crash finds done what is done.

use diesel::prelude::*;

use super::closing::finish;
use super::row::{RowRow, advance, behind, entry, find, record, written};
use crate::access::permission::AddUsers;
use crate::access::{Allowed, Viewer};
use crate::activity::{Action, Change};
use crate::batches::jobs::WORK;
use crate::batches::model::{Batch, State};
use crate::customers::model::Customer;
use crate::db::schema::{batch_rows, batches};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::jobs;
use crate::jobs::model::Owner;
use crate::sheets::Outcome;
use crate::users::store::open;
use crate::users::store::upload::{Applied, File, Turn, apply};
use crate::values::id::{BatchId, JobId};
use crate::values::moment::Moment;
use crate::web::Site;

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
/// [`crate::error::Error::NotFound`] for a file of another organisation, or when the customer is beyond reach;
/// [`crate::error::Error::Undelegated`]; [`crate::error::Error::Ended`]; database errors.
pub fn begin(
    conn: &mut Connection,
    by: &Allowed<AddUsers>,
    (id, job): (&BatchId, &JobId),
    now: Moment,
) -> Result<Begun> {
    let (batch, customer) = find(conn, by, id)?;
    match batch.state {
        State::Reading => return Ok(Begun::NotYet),
        State::Shown => {}
        State::Discarded => return Ok(Begun::Discarded),
        _ => return Ok(Begun::Before),
    }
    open(conn, &by.reach(), &customer.id)?;
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
    jobs::store::put(conn, (job, &owner), (&WORK, id), (now, now))?;
    let counts = [
        Change::set("rows_new", batch.tally.new),
        Change::set("rows_changed", batch.tally.changed),
        Change::set("rows_refused", batch.tally.refused),
    ];
    record(conn, by, &customer, &entry(Action::ApplyUpload, &batch, &customer).with(counts), now)?;
    Ok(Begun::Now { rows: batch.rows })
}

/// Does the next rows, or comes to the end when none is left.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub(super) fn apply_some(
    conn: &mut Connection,
    (batch, by, customer): (&Batch, &Viewer, &Customer),
    (site, most): (&Site, usize),
    now: Moment,
) -> Result<()> {
    let rows = behind(conn, batch, most)?;
    if rows.is_empty() {
        return finish(conn, (batch, by, customer), site, now);
    }
    let read = rows.iter().map(RowRow::read).collect::<Result<Vec<_>>>()?;
    let turns: Vec<Turn<'_>> =
        read.iter().map(|row| Turn { texts: &row.texts, verdict: row.verdict, why: &row.why }).collect();
    let columns = batch.head.columns();
    let file = File { by, customer, columns: &columns, location: batch.head.location };
    let applied = apply(conn, file, &turns, now)?;
    keep(conn, batch, rows.iter().zip(applied))
}

/// Leaves a row aside at which the portal has failed; answers `false` where there is none.
///
/// # Errors
/// Database errors.
pub(super) fn pass_over(conn: &mut Connection, batch: &Batch) -> Result<bool> {
    let rows = behind(conn, batch, 1)?;
    keep(conn, batch, rows.iter().map(|row| (row, Applied::failed())))?;
    Ok(!rows.is_empty())
}

fn keep<'a>(
    conn: &mut Connection,
    batch: &Batch,
    all: impl Iterator<Item = (&'a RowRow, Applied)>,
) -> Result<()> {
    let (mut tally, mut reached) = (batch.tally, batch.reached);
    for (row, applied) in all {
        let undo = applied.undo.as_ref().map(written).transpose()?;
        diesel::update(batch_rows::table.find((&batch.id, row.number)))
            .set((
                batch_rows::result.eq(applied.outcome),
                batch_rows::why.eq(applied.why.kept()),
                batch_rows::made_id.eq(applied.user),
                batch_rows::undo.eq(undo),
                batch_rows::password_at.eq(applied.added.map(|added| added.password_at)),
            ))
            .execute(conn)?;
        tally.settle(Outcome::Waiting, applied.outcome);
        reached = row.number;
    }
    advance(conn, batch, (reached, &tally))
}
