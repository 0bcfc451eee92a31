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

/// What is kept until a moment, and no longer.
const KEPT: [State; 4] = [State::Done, State::Stopped, State::Returned, State::Discarded];

/// Does one small thing: lets go of previews that nobody applied in time, or deletes some rows of a file that is over;
/// answers how much it found. That there was a file, and what came of it, is kept.
///
/// # Errors
/// Database errors.
pub fn tidy(conn: &mut Connection, now: Moment) -> Result<usize> {
    let over = batches::table.filter(batches::expires_at.le(now)).filter(batches::state.eq(State::Shown));
    let over: usize = diesel::update(over).set(batches::state.eq(State::Discarded)).execute(conn)?;
    if over > 0 {
        return Ok(over);
    }
    let next: Option<BatchId> = batches::table
        .filter(batches::expires_at.le(now))
        .filter(batches::state.eq_any(KEPT))
        .select(batches::id)
        .first(conn)
        .optional()?;
    let Some(id) = next else { return Ok(0) };
    match delete_pieces(conn, &id)? + delete_rows(conn, &id)? {
        0 => Ok(diesel::update(batches::table.find(&id))
            .set(batches::expires_at.eq(None::<Moment>))
            .execute(conn)?),
        some => Ok(some),
    }
}

fn delete_pieces(conn: &mut Connection, id: &BatchId) -> Result<usize> {
    let of = batch_pieces::table.filter(batch_pieces::batch_id.eq(id));
    let numbers: Vec<i64> =
        of.order(batch_pieces::number).select(batch_pieces::number).limit(STEP).load(conn)?;
    let Some(last) = numbers.last() else { return Ok(0) };
    Ok(diesel::delete(of.filter(batch_pieces::number.le(*last))).execute(conn)?)
}

fn delete_rows(conn: &mut Connection, id: &BatchId) -> Result<usize> {
    let of = batch_rows::table.filter(batch_rows::batch_id.eq(id));
    let numbers: Vec<i64> = of.order(batch_rows::number).select(batch_rows::number).limit(STEP).load(conn)?;
    let Some(last) = numbers.last() else { return Ok(0) };
    Ok(diesel::delete(of.filter(batch_rows::number.le(*last))).execute(conn)?)
}
