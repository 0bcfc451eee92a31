//! Looking at what was sent, portion by portion: what each row would do, each as if those before it had been done.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::row::{advance, parsed, written};
use crate::batches::model::{Batch, PORTION, SHOWN_HOURS, State};
use crate::batches::trade::{Before, Marks, Trade, Why, Work};
use crate::db::among::is_among;
use crate::db::schema::{batch_pieces, batch_rows, batches};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::sheets::{Cells, Choice, Judged, Outcome, Unread, Verdict};
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
pub(super) fn read_some<T: Trade>(conn: &mut Connection, of: &T, work: Work<'_>) -> Result<()> {
    let batch = work.batch;
    let Some((piece, body)) = next(conn, batch)? else { return show(conn, batch, work.now) };
    let (lines, columns) = (parsed::<Vec<Line>>(&body)?, batch.head.columns::<T::Column>());
    let marks = |Line(_, _, texts): &Line| of.marks(&batch.head, Cells { columns: &columns, texts });
    let marks: Vec<Marks> = lines.iter().map(marks).collect();
    let unread = lines.iter().map(|Line(line, odd_length, texts)| Unread {
        line: *line,
        odd_length: *odd_length,
        texts,
    });
    let rows: Vec<(Unread<'_>, &Marks)> = unread.zip(&marks).collect();
    let (mut before, mut memory) = (before(conn, batch, &marks)?, memory::<T>(conn, batch)?);
    let judged = of.judge(conn, work, &rows, (&mut before, &mut memory))?;
    let mut tally = batch.tally;
    for (((number, line), marks), judged) in (batch.reached + 1..).zip(&lines).zip(&marks).zip(&judged) {
        put(conn, batch, (number, line, marks), judged)?;
        tally.judge(judged.verdict);
    }
    diesel::delete(batch_pieces::table.find((&batch.id, piece))).execute(conn)?;
    advance(conn, batch, (batch.reached.saturating_add(counted(&lines)), &tally))?;
    diesel::update(batches::table.find(&batch.id))
        .set(batches::memory.eq(written(&memory)?))
        .execute(conn)?;
    Ok(())
}

/// In which earlier line each of these stands that is not refused there, and what may be the same.
fn before(conn: &mut Connection, batch: &Batch, marks: &[Marks]) -> Result<Before> {
    let good = || {
        batch_rows::table
            .filter(batch_rows::batch_id.eq(&batch.id))
            .filter(batch_rows::verdict.ne(Verdict::Refused))
    };
    let named = marks.iter().map(|marks| &marks.subject).filter(|subject| !subject.is_empty());
    let subjects = good()
        .filter(is_among(batch_rows::subject, named))
        .select((batch_rows::subject, batch_rows::line))
        .load(conn)?;
    let [first, second, third] = [0, 1, 2].map(|place| {
        let marks = marks.iter().filter_map(move |marks| marks.likeness.get(place));
        marks.filter(|mark| !mark.is_empty()).collect::<Vec<_>>()
    });
    let first = good()
        .filter(is_among(batch_rows::likeness, first))
        .select((batch_rows::likeness, batch_rows::line))
        .load(conn)?;
    let second = good()
        .filter(is_among(batch_rows::second_likeness, second))
        .select((batch_rows::second_likeness, batch_rows::line))
        .load(conn)?;
    let third = good()
        .filter(is_among(batch_rows::third_likeness, third))
        .select((batch_rows::third_likeness, batch_rows::line))
        .load(conn)?;
    Ok(Before { subjects: lines_of(subjects), likeness: [first, second, third].map(lines_of) })
}

/// The first line of each.
fn lines_of(found: Vec<(String, i64)>) -> HashMap<String, u64> {
    let mut first: HashMap<String, u64> = HashMap::new();
    for (mark, line) in found {
        let line = u64::try_from(line).unwrap_or_default();
        first.entry(mark).and_modify(|known| *known = line.min(*known)).or_insert(line);
    }
    first
}

fn memory<T: Trade>(conn: &mut Connection, batch: &Batch) -> Result<T::Memory> {
    let kept: String = batches::table.find(&batch.id).select(batches::memory).first(conn)?;
    if kept.is_empty() { Ok(T::Memory::default()) } else { parsed(&kept) }
}

fn put<W: Why>(
    conn: &mut Connection,
    batch: &Batch,
    (number, Line(line, _, texts), marks): (i64, &Line, &Marks),
    judged: &Judged<W>,
) -> Result<()> {
    let [likeness, second_likeness, third_likeness] = &marks.likeness;
    diesel::insert_into(batch_rows::table)
        .values((
            batch_rows::batch_id.eq(&batch.id),
            batch_rows::number.eq(number),
            batch_rows::line.eq(i64::try_from(*line).unwrap_or(i64::MAX)),
            batch_rows::cells.eq(written(texts)?),
            batch_rows::subject.eq(&marks.subject),
            batch_rows::likeness.eq(likeness),
            batch_rows::second_likeness.eq(second_likeness),
            batch_rows::third_likeness.eq(third_likeness),
            batch_rows::verdict.eq(judged.verdict),
            batch_rows::result.eq(Outcome::Waiting),
            batch_rows::why.eq(judged.why.kept()),
            batch_rows::choice.eq((judged.verdict == Verdict::Likely).then_some(Choice::Open)),
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
pub(super) fn pass_over<T: Trade>(conn: &mut Connection, batch: &Batch) -> Result<bool> {
    let Some((piece, body)) = next(conn, batch)? else { return Ok(false) };
    let (lines, mut tally) = (parsed::<Vec<Line>>(&body)?, batch.tally);
    let failed = Judged { verdict: Verdict::Refused, why: T::Why::failed() };
    for (number, line) in (batch.reached + 1..).zip(&lines) {
        put(conn, batch, (number, line, &Marks::default()), &failed)?;
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
