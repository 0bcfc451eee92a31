//! Batches and their rows as columns.

use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::access::Viewer;
use crate::activity::{Action, Change, Entry};
use crate::batches::model::{Batch, Head, Row, State, Tally};
use crate::batches::trade::{Trade, Why};
use crate::db::Connection;
use crate::db::row_values::Both;
use crate::db::schema::{batch_rows, batches};
use crate::db::try_again;
use crate::error::{Error, Result};
use crate::sheets::{Built, Choice, Outcome, Verdict};
use crate::values::id::{BatchId, CustomerId, JobId, OrganisationId, PersonId};
use crate::values::moment::Moment;

#[derive(Queryable, Selectable)]
#[diesel(table_name = batches)]
pub(super) struct BatchRow {
    id: BatchId,
    organisation_id: OrganisationId,
    customer_id: Option<CustomerId>,
    person_id: PersonId,
    person_name: String,
    file_name: String,
    file_hash: String,
    byte_count: i64,
    head: String,
    state: State,
    row_count: i64,
    tally: String,
    reached: i64,
    uploaded_at: Moment,
    applied_at: Option<Moment>,
    applied_by_name: String,
    settled_at: Option<Moment>,
    settled_by_name: String,
    handed_at: Option<Moment>,
    handed_by_name: String,
    expires_at: Option<Moment>,
    worker_id: PersonId,
    job_id: JobId,
}

impl BatchRow {
    /// # Errors
    /// When what is kept as JSON cannot be read.
    pub fn read(self) -> Result<Batch> {
        let head: Head = parsed(&self.head)?;
        let tally: Tally = parsed(&self.tally)?;
        let handed_by = self.handed_by_name;
        Ok(Batch {
            id: self.id,
            organisation: self.organisation_id,
            customer: self.customer_id,
            person: (self.person_id, self.person_name),
            file_name: self.file_name,
            file_hash: self.file_hash,
            bytes: self.byte_count,
            head,
            state: self.state,
            rows: self.row_count,
            tally,
            reached: self.reached,
            uploaded_at: self.uploaded_at,
            applied_at: self.applied_at,
            applied_by: self.applied_by_name,
            settled_at: self.settled_at,
            settled_by: self.settled_by_name,
            handed: self.handed_at.map(|at| (at, handed_by)),
            expires_at: self.expires_at,
            worker: self.worker_id,
            job: self.job_id,
        })
    }
}

/// A row as its columns are.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = batch_rows)]
pub struct RowRow {
    pub number: i64,
    line: i64,
    cells: String,
    pub verdict: Verdict,
    pub result: Outcome,
    why: String,
    pub choice: Option<Choice>,
    made_id: Option<String>,
    undo: Option<String>,
    pub built_on: Option<Built>,
    pub password_at: Option<Moment>,
}

impl RowRow {
    /// # Errors
    /// When what is kept as JSON cannot be read.
    pub fn read<W: Why>(&self) -> Result<Row<W>> {
        Ok(Row {
            number: self.number,
            line: self.line,
            texts: parsed(&self.cells)?,
            verdict: self.verdict,
            outcome: self.result,
            why: if self.why.is_empty() { W::default() } else { parsed(&self.why)? },
            choice: self.choice,
            built_on: self.built_on,
        })
    }

    /// By which the one is known that it made or changed.
    pub fn made<T: Trade>(&self) -> Option<T::Made> {
        self.made_id.as_deref().and_then(T::made)
    }

    /// # Errors
    /// When what is kept as JSON cannot be read.
    pub fn undo<T: Trade>(&self) -> Result<Option<T::Undo>> {
        self.undo.as_deref().map(parsed).transpose()
    }
}

pub(super) fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Internal(error.into()))
}

pub(super) fn written(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.into()))
}

/// A batch of the viewer's organisation with that of which its rows are, which the organisation still looks after.
///
/// # Errors
/// [`Error::NotFound`] when there is none, it is of another kind, or that is beyond reach; [`Error::Undelegated`];
/// database errors.
pub fn find<T: Trade>(conn: &mut Connection, by: &Viewer, id: &BatchId) -> Result<(Batch, T)> {
    let row: BatchRow = batches::table
        .find(id)
        .filter(batches::organisation_id.eq(&by.organisation.id))
        .select(BatchRow::as_select())
        .first(conn)?;
    let batch = row.read()?;
    let of = T::seen(conn, by, batch.customer)?;
    Ok((batch, of))
}

/// Any batch, for the portal's own work.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub(super) fn read(conn: &mut Connection, id: &BatchId) -> Result<Batch> {
    let row: BatchRow = batches::table.find(id).select(BatchRow::as_select()).first(conn)?;
    row.read()
}

/// The next portion of rows behind the one that was reached last.
///
/// # Errors
/// Database errors.
pub fn behind(conn: &mut Connection, batch: &Batch, most: usize) -> Result<Vec<RowRow>> {
    Ok(batch_rows::table
        .filter(batch_rows::batch_id.eq(&batch.id))
        .filter(batch_rows::number.gt(batch.reached))
        .order(batch_rows::number)
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select(RowRow::as_select())
        .load(conn)?)
}

type AsItWas<'a> = diesel::dsl::Filter<
    diesel::dsl::Filter<batches::table, diesel::dsl::Eq<batches::id, &'a BatchId>>,
    diesel::dsl::Eq<batches::state, State>,
>;

/// A batch, as long as nobody else has brought it into another state.
pub(super) fn as_it_was(batch: &Batch) -> AsItWas<'_> {
    batches::table.filter(batches::id.eq(&batch.id)).filter(batches::state.eq(batch.state))
}

/// Keeps how far the work has come, if nobody else went on with it meanwhile.
///
/// # Errors
/// Database errors; when somebody did, after which it is tried again.
pub fn advance(conn: &mut Connection, batch: &Batch, (reached, tally): (i64, &Tally)) -> Result<()> {
    let met = diesel::update(as_it_was(batch).filter(batches::reached.eq(batch.reached)))
        .set((batches::reached.eq(reached), batches::tally.eq(written(tally)?)))
        .execute(conn)?;
    if met == 1 { Ok(()) } else { Err(try_again()) }
}

/// Leaves a row as it is at which the portal has failed. Answers `false` where there is none.
///
/// # Errors
/// Database errors.
pub(super) fn pass_over(conn: &mut Connection, batch: &Batch) -> Result<bool> {
    let Some(row) = behind(conn, batch, 1)?.pop() else { return Ok(false) };
    advance(conn, batch, (row.number, &batch.tally))?;
    Ok(true)
}

/// Whether a batch is of the users of this customer, or of customers.
pub(super) fn is_of(customer: Option<CustomerId>) -> Of {
    match customer {
        Some(customer) => Box::new(batches::customer_id.eq(customer).assume_not_null()),
        None => Box::new(batches::customer_id.is_null()),
    }
}

type Of = Box<dyn BoxableExpression<batches::table, Both, SqlType = Bool>>;

/// A record about a batch, called like its file.
pub fn entry(action: Action, batch: &Batch) -> Entry {
    Entry::new(action, "upload", batch.id, batch.name()).with([Change::set("file_hash", &batch.file_hash)])
}
