//! Looking at what was sent, portion by portion: what each row would do, each as if those before it had been done.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::row::{advance, parsed, written};
use crate::access::Viewer;
use crate::batches::model::{Batch, PORTION, SHOWN_HOURS, State};
use crate::customers::model::Customer;
use crate::db::among::is_among;
use crate::db::schema::{batch_pieces, batch_rows, batches};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::sheets::{Cells, Outcome, Verdict};
use crate::users::model::upload::{Column, Judged, Reason, Why, subject};
use crate::users::store::upload::{File, Promised, Row as JudgedRow, judge};
use crate::values::moment::Moment;

/// A row of a file that nobody has looked at: its line, how many cells it has and should have where that is not the same,
/// and what they say.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line(pub u64, pub Option<(usize, usize)>, pub Vec<String>);

/// Rows in portions, as they are kept until they are looked at. They are written as they come: a long file is not to lie in
/// memory twice.
#[derive(Debug, Default)]
pub struct Pieces {
    lines: Vec<Line>,
    written: Vec<String>,
    pub rows: i64,
}

impl Pieces {
    pub fn add(&mut self, line: Line) {
        self.lines.push(line);
        self.rows = self.rows.saturating_add(1);
        if self.lines.len() == PORTION {
            self.write();
        }
    }

    pub fn end(mut self) -> Vec<String> {
        if !self.lines.is_empty() {
            self.write();
        }
        self.written
    }

    fn write(&mut self) {
        // Texts and numbers have no errors.
        self.written.push(serde_json::to_string(&self.lines).unwrap_or_default());
        self.lines.clear();
    }
}

/// Looks at the next portion, or shows what there is when none is left.
///
/// # Errors
/// Database errors.
pub(super) fn read_some(
    conn: &mut Connection,
    (batch, by, customer): (&Batch, &Viewer, &Customer),
    now: Moment,
) -> Result<()> {
    let Some((piece, body)) = next(conn, batch)? else { return show(conn, batch, now) };
    let (lines, columns) = (parsed::<Vec<Line>>(&body)?, batch.head.columns());
    let subjects = subjects(&lines, &columns, &customer.account.domain);
    let file = File { by, customer, columns: &columns, location: batch.head.location };
    let rows: Vec<JudgedRow<'_>> = lines
        .iter()
        .map(|Line(line, odd_length, texts)| JudgedRow { line: *line, odd_length: *odd_length, texts })
        .collect();
    let (mut taken, mut promised) = (taken(conn, batch, &subjects)?, promised(conn, batch)?);
    let judged = judge(conn, file, &rows, (&mut taken, &mut promised), now)?;
    let mut tally = batch.tally;
    for (((number, line), subject), judged) in (batch.reached + 1..).zip(&lines).zip(&subjects).zip(&judged) {
        put(conn, batch, (number, line, subject), judged)?;
        tally.judge(judged.verdict);
    }
    diesel::delete(batch_pieces::table.find((&batch.id, piece))).execute(conn)?;
    advance(conn, batch, (batch.reached.saturating_add(counted(&lines)), &tally))?;
    diesel::update(batches::table.find(&batch.id))
        .set(batches::promised.eq(written(&promised)?))
        .execute(conn)?;
    Ok(())
}

fn subjects(lines: &[Line], columns: &[Column], domain: &str) -> Vec<String> {
    lines.iter().map(|Line(_, _, texts)| subject(Cells { columns, texts }, domain)).collect()
}

/// In which earlier line each of these stands that is not refused there.
fn taken(conn: &mut Connection, batch: &Batch, subjects: &[String]) -> Result<HashMap<String, u64>> {
    let named = subjects.iter().filter(|subject| !subject.is_empty());
    let before: Vec<(String, i64)> = batch_rows::table
        .filter(batch_rows::batch_id.eq(&batch.id))
        .filter(is_among(batch_rows::subject, named))
        .filter(batch_rows::verdict.ne(Verdict::Refused))
        .select((batch_rows::subject, batch_rows::line))
        .load(conn)?;
    let lines = before.into_iter().map(|(subject, line)| (subject, u64::try_from(line).unwrap_or_default()));
    Ok(lines.collect())
}

fn promised(conn: &mut Connection, batch: &Batch) -> Result<Promised> {
    let kept: String = batches::table.find(&batch.id).select(batches::promised).first(conn)?;
    parsed(&kept)
}

fn put(
    conn: &mut Connection,
    batch: &Batch,
    (number, Line(line, _, texts), subject): (i64, &Line, &str),
    judged: &Judged,
) -> Result<()> {
    diesel::insert_into(batch_rows::table)
        .values((
            batch_rows::batch_id.eq(&batch.id),
            batch_rows::number.eq(number),
            batch_rows::line.eq(i64::try_from(*line).unwrap_or(i64::MAX)),
            batch_rows::cells.eq(written(texts)?),
            batch_rows::subject.eq(subject),
            batch_rows::verdict.eq(judged.verdict),
            batch_rows::result.eq(Outcome::Waiting),
            batch_rows::why.eq(judged.why.kept()),
        ))
        .execute(conn)?;
    Ok(())
}

fn show(conn: &mut Connection, batch: &Batch, now: Moment) -> Result<()> {
    let read = batches::table.filter(batches::id.eq(&batch.id)).filter(batches::state.eq(State::Reading));
    let met = diesel::update(read)
        .set((
            batches::state.eq(State::Shown),
            batches::reached.eq(0_i64),
            batches::expires_at.eq(now.plus_seconds(SHOWN_HOURS * 3_600)),
        ))
        .execute(conn)?;
    if met == 1 { Ok(()) } else { Err(try_again()) }
}

/// Refuses the rows of a portion at which the portal has failed, so that the others can be seen; answers `false` where
/// there is none.
///
/// # Errors
/// Database errors.
pub(super) fn pass_over(conn: &mut Connection, batch: &Batch) -> Result<bool> {
    let Some((piece, body)) = next(conn, batch)? else { return Ok(false) };
    let (lines, mut tally) = (parsed::<Vec<Line>>(&body)?, batch.tally);
    let failed = Judged { verdict: Verdict::Refused, why: Why::Refused(Reason::Failed) };
    for (number, line) in (batch.reached + 1..).zip(&lines) {
        put(conn, batch, (number, line, ""), &failed)?;
        tally.judge(failed.verdict);
    }
    diesel::delete(batch_pieces::table.find((&batch.id, piece))).execute(conn)?;
    advance(conn, batch, (batch.reached.saturating_add(counted(&lines)), &tally))?;
    Ok(true)
}

fn next(conn: &mut Connection, batch: &Batch) -> Result<Option<(i64, String)>> {
    Ok(batch_pieces::table
        .filter(batch_pieces::batch_id.eq(&batch.id))
        .order(batch_pieces::number)
        .select((batch_pieces::number, batch_pieces::body))
        .first(conn)
        .optional()?)
}

fn counted(lines: &[Line]) -> i64 {
    i64::try_from(lines.len()).unwrap_or(i64::MAX)
}
