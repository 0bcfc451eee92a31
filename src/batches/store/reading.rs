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
use crate::sheets::{Cells, Outcome};
use crate::users::model::upload::{Column, Judged, subject};
use crate::users::store::upload::{File, Promised, judge};
use crate::values::moment::Moment;

/// A row of a file that nobody has looked at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line(pub u64, pub Vec<String>);

/// Rows in portions, as they are kept until they are looked at.
///
/// # Errors
/// None: texts and numbers can be written.
pub fn pieces(lines: &[Line]) -> Result<Vec<String>> {
    lines.chunks(PORTION).map(|chunk| written(&chunk)).collect()
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
    let next: Option<(i64, String)> = batch_pieces::table
        .filter(batch_pieces::batch_id.eq(&batch.id))
        .order(batch_pieces::number)
        .select((batch_pieces::number, batch_pieces::body))
        .first(conn)
        .optional()?;
    let Some((piece, body)) = next else { return show(conn, batch, now) };
    let (lines, columns) = (parsed::<Vec<Line>>(&body)?, batch.head.columns());
    let subjects = subjects(&lines, &columns, &customer.account.domain);
    let earlier = earlier(conn, batch, (&lines, &subjects))?;
    let file = File { by, customer, columns: &columns, location: batch.head.location };
    let rows: Vec<_> =
        lines.iter().zip(&earlier).map(|(Line(_, texts), line)| (texts.as_slice(), *line)).collect();
    let mut promised = promised(conn, batch)?;
    let judged = judge(conn, file, &rows, &mut promised, now)?;
    let mut tally = batch.tally;
    for (((number, line), subject), judged) in (batch.reached + 1..).zip(&lines).zip(&subjects).zip(&judged) {
        put(conn, batch, (number, line, subject), judged)?;
        tally.judge(judged.verdict);
    }
    diesel::delete(batch_pieces::table.find((&batch.id, piece))).execute(conn)?;
    let reached = batch.reached.saturating_add(i64::try_from(lines.len()).unwrap_or(i64::MAX));
    advance(conn, batch, (reached, &tally))?;
    diesel::update(batches::table.find(&batch.id))
        .set(batches::promised.eq(written(&promised)?))
        .execute(conn)?;
    Ok(())
}

fn subjects(lines: &[Line], columns: &[Column], domain: &str) -> Vec<String> {
    lines.iter().map(|Line(_, texts)| subject(Cells { columns, texts }, domain)).collect()
}

/// In which earlier line each of these stands first, if in one.
fn earlier(
    conn: &mut Connection,
    batch: &Batch,
    (lines, subjects): (&[Line], &[String]),
) -> Result<Vec<Option<u64>>> {
    let named = subjects.iter().filter(|subject| !subject.is_empty());
    let before: Vec<(String, i64)> = batch_rows::table
        .filter(batch_rows::batch_id.eq(&batch.id))
        .filter(is_among(batch_rows::subject, named))
        .order(batch_rows::number)
        .select((batch_rows::subject, batch_rows::line))
        .load(conn)?;
    let mut first: HashMap<&str, u64> = HashMap::new();
    for (subject, line) in &before {
        first.entry(subject).or_insert(u64::try_from(*line).unwrap_or_default());
    }
    let mut earlier = Vec::with_capacity(lines.len());
    for (Line(line, _), subject) in lines.iter().zip(subjects) {
        earlier.push(first.get(subject.as_str()).copied());
        if !subject.is_empty() {
            first.entry(subject).or_insert(*line);
        }
    }
    Ok(earlier)
}

fn promised(conn: &mut Connection, batch: &Batch) -> Result<Promised> {
    let kept: String = batches::table.find(&batch.id).select(batches::promised).first(conn)?;
    parsed(&kept)
}

fn put(
    conn: &mut Connection,
    batch: &Batch,
    (number, Line(line, texts), subject): (i64, &Line, &str),
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
