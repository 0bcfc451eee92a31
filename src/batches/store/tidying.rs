//! Letting go of files that nobody applied in time, and of rows that were kept long enough.

use diesel::prelude::*;

use crate::batches::model::State;
use crate::db::Connection;
use crate::db::schema::{batch_pieces, batch_rows, batches};
use crate::error::Result;
use crate::values::id::BatchId;
use crate::values::moment::Moment;

/// So many rows go at once.
const STEP: i64 = 500;

/// Does one small thing; answers how much.
///
/// # Errors
/// Database errors.
pub fn tidy(conn: &mut Connection, now: Moment) -> Result<usize> {
    let over = batches::table.filter(batches::state.eq(State::Shown)).filter(batches::expires_at.le(now));
    let over: usize = diesel::update(over)
        .set((batches::state.eq(State::Discarded), batches::expires_at.eq(None::<Moment>)))
        .execute(conn)?;
    if over > 0 {
        return Ok(over);
    }
    let discarded: Option<BatchId> = batches::table
        .filter(batches::state.eq(State::Discarded))
        .select(batches::id)
        .first(conn)
        .optional()?;
    if let Some(id) = discarded {
        return discard(conn, &id);
    }
    let kept: Option<BatchId> =
        batches::table.filter(batches::expires_at.le(now)).select(batches::id).first(conn).optional()?;
    match kept {
        Some(id) => forget_rows(conn, &id),
        None => Ok(0),
    }
}

fn discard(conn: &mut Connection, id: &BatchId) -> Result<usize> {
    let pieces: Vec<i64> = batch_pieces::table
        .filter(batch_pieces::batch_id.eq(id))
        .order(batch_pieces::number)
        .select(batch_pieces::number)
        .limit(STEP)
        .load(conn)?;
    if let Some(last) = pieces.last() {
        let of = batch_pieces::table.filter(batch_pieces::batch_id.eq(id));
        return Ok(diesel::delete(of.filter(batch_pieces::number.le(*last))).execute(conn)?);
    }
    match delete_rows(conn, id)? {
        0 => Ok(diesel::delete(batches::table.find(id)).execute(conn)?),
        some => Ok(some),
    }
}

/// Who sent what, and what came of it, stays; whom the rows named is forgotten.
fn forget_rows(conn: &mut Connection, id: &BatchId) -> Result<usize> {
    match delete_rows(conn, id)? {
        0 => {
            let kept = batches::table.find(id);
            Ok(diesel::update(kept).set(batches::expires_at.eq(None::<Moment>)).execute(conn)?)
        }
        some => Ok(some),
    }
}

fn delete_rows(conn: &mut Connection, id: &BatchId) -> Result<usize> {
    let of = batch_rows::table.filter(batch_rows::batch_id.eq(id));
    let numbers: Vec<i64> = of.order(batch_rows::number).select(batch_rows::number).limit(STEP).load(conn)?;
    let Some(last) = numbers.last() else { return Ok(0) };
    Ok(diesel::delete(of.filter(batch_rows::number.le(*last))).execute(conn)?)
}
