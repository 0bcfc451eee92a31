//! The files that were sent for the users of a customer, and the rows of one.

use diesel::prelude::*;

use super::row::{BatchRow, RowRow, as_it_was, find, is_of, parsed, written};
use crate::access::Allowed;
use crate::batches::form::RowFilter;
use crate::batches::model::{Batch, Row, State};
use crate::batches::trade::{Trade, Why};
use crate::db::schema::{batch_rows, batches};
use crate::db::{Connection, try_again};
use crate::error::Result;
use crate::sheets::{Choice, Outcome, Verdict};
use crate::values::id::{BatchId, CustomerId};
use crate::web::pager::{Page, Portion, ascending, descending, keyset};

/// A portion of those that the viewer's organisation sent for the users of a customer, or of customers, the newest first.
///
/// # Errors
/// As for [`Trade::seen`].
pub fn page_of<T: Trade>(
    conn: &mut Connection,
    by: &Allowed<T::Keeps>,
    of: Option<CustomerId>,
    portion: &Portion,
) -> Result<(T, Page<Batch>)> {
    let of = T::seen(conn, by, of)?;
    let own = batches::table
        .filter(batches::organisation_id.eq(&by.organisation.id))
        .filter(is_of(of.customer()))
        .into_boxed();
    let page: Page<BatchRow> = keyset(conn, own, descending(batches::uploaded_at, batches::id), portion)?;
    Ok((of, page.read(|rows| rows.into_iter().map(BatchRow::read).collect())?))
}

/// The same file of the same kind, if it was applied and not taken back: the last time.
///
/// # Errors
/// Database errors.
pub fn same_before(conn: &mut Connection, batch: &Batch) -> Result<Option<Batch>> {
    let row: Option<BatchRow> = batches::table
        .filter(batches::organisation_id.eq(&batch.organisation))
        .filter(is_of(batch.customer))
        .filter(batches::file_hash.eq(&batch.file_hash))
        .filter(batches::applied_at.is_not_null())
        .filter(batches::state.ne(State::Returned))
        .order((batches::applied_at.desc(), batches::id.desc()))
        .select(BatchRow::as_select())
        .first(conn)
        .optional()?;
    row.map(BatchRow::read).transpose()
}

/// A portion of the rows of a file that was read for the viewer, in its order.
///
/// # Errors
/// Database errors.
pub fn rows_of<W: Why>(
    conn: &mut Connection,
    id: &BatchId,
    filter: &RowFilter,
    portion: &Portion,
) -> Result<Page<Row<W>>> {
    let mut of = batch_rows::table.filter(batch_rows::batch_id.eq(id)).into_boxed();
    if filter.only_built_on() {
        of = of.filter(batch_rows::built_on.is_not_null());
    }
    if filter.only_to_choose() {
        of = of.filter(batch_rows::choice.is_not_null());
    }
    match (Verdict::from_text(&filter.verdict), Outcome::from_text(&filter.result)) {
        (_, Some(outcome)) => of = of.filter(batch_rows::result.eq(outcome)),
        (Some(verdict), None) => of = of.filter(batch_rows::verdict.eq(verdict)),
        (None, None) => {}
    }
    let page: Page<RowRow> = keyset(conn, of, ascending(batch_rows::number, batch_rows::batch_id), portion)?;
    page.read(|rows| rows.iter().map(RowRow::read).collect())
}

/// So many rows of one subject are read again.
const ALIKE: i64 = 200;

/// What earlier rows of a file say that have this in common with each other and are not refused.
///
/// # Errors
/// Database errors.
pub fn texts_alike(conn: &mut Connection, id: &BatchId, likeness: &str) -> Result<Vec<Vec<String>>> {
    let rows: Vec<String> = batch_rows::table
        .filter(batch_rows::batch_id.eq(id))
        .filter(batch_rows::likeness.eq(likeness))
        .filter(batch_rows::verdict.ne(Verdict::Refused))
        .order(batch_rows::number)
        .limit(ALIKE)
        .select(batch_rows::cells)
        .load(conn)?;
    rows.iter().map(|cells| parsed(cells)).collect()
}

/// What the rows of a file added: so many at most, in its order.
///
/// # Errors
/// Database errors.
pub fn made_by<T: Trade>(conn: &mut Connection, id: &BatchId, most: i64) -> Result<Vec<T::Made>> {
    let rows: Vec<Option<String>> = batch_rows::table
        .filter(batch_rows::batch_id.eq(id))
        .filter(batch_rows::result.eq(Outcome::Added))
        .order(batch_rows::number)
        .select(batch_rows::made_id)
        .limit(most)
        .load(conn)?;
    Ok(rows.iter().flatten().filter_map(|made| T::made(made)).collect())
}

/// Whether a row of a file made this.
///
/// # Errors
/// Database errors.
pub fn has_made<T: Trade>(conn: &mut Connection, id: &BatchId, made: &T::Made) -> Result<bool> {
    let found: Option<i64> = batch_rows::table
        .filter(batch_rows::batch_id.eq(id))
        .filter(batch_rows::made_id.eq(made.to_string()))
        .select(batch_rows::number)
        .first(conn)
        .optional()?;
    Ok(found.is_some())
}

/// Chooses for rows that may be of something that is there already: for one, or for all for which nobody has chosen.
/// Answers `false` where that cannot be chosen now.
///
/// # Errors
/// As for [`Trade::open`].
pub fn choose<T: Trade>(
    conn: &mut Connection,
    by: &Allowed<T::Sends>,
    id: &BatchId,
    (row, choice): (Option<i64>, Choice),
) -> Result<bool> {
    let (batch, of) = find::<T>(conn, by, id)?;
    if batch.state != State::Shown {
        return Ok(false);
    }
    let Some(after) = verdict_by(conn, (&of, id), (row, choice))? else { return Ok(false) };
    let to_choose = || batch_rows::table.filter(batch_rows::batch_id.eq(id));
    let chosen = (batch_rows::choice.eq(choice), batch_rows::verdict.eq(after));
    let mut tally = batch.tally;
    let count = match row {
        Some(number) => {
            let one =
                to_choose().filter(batch_rows::number.eq(number)).filter(batch_rows::choice.is_not_null());
            let before: Option<Verdict> = one.select(batch_rows::verdict).first(conn).optional()?;
            before.into_iter().for_each(|before| tally.choose((before, after), 1));
            diesel::update(one).set(chosen).execute(conn)?
        }
        None => {
            let open = to_choose().filter(batch_rows::choice.eq(Choice::Open));
            let count = diesel::update(open).set(chosen).execute(conn)?;
            tally.choose((Verdict::Likely, after), i64::try_from(count).unwrap_or(i64::MAX));
            count
        }
    };
    let met = diesel::update(as_it_was(&batch)).set(batches::tally.eq(written(&tally)?)).execute(conn)?;
    if met == 1 { Ok(count > 0) } else { Err(try_again()) }
}

/// What rows would do by a choice; none where that is no choice for them.
fn verdict_by<T: Trade>(
    conn: &mut Connection,
    (of, id): (&T, &BatchId),
    (row, choice): (Option<i64>, Choice),
) -> Result<Option<Verdict>> {
    Ok(match (choice, row) {
        (Choice::Open, _) => Some(Verdict::Likely),
        (Choice::Add, _) => Some(Verdict::New),
        (Choice::Leave, _) => Some(Verdict::Same),
        (Choice::Join, None) => None,
        (Choice::Join, Some(number)) => {
            let found: Option<RowRow> =
                batch_rows::table.find((id, number)).select(RowRow::as_select()).first(conn).optional()?;
            let row = found.map(|row| row.read::<T::Why>()).transpose()?;
            row.filter(|row| of.can_join(&row.why)).map(|_| Verdict::Changed)
        }
    })
}
