//! Batches and their rows as columns.

use diesel::prelude::*;

use crate::access::Viewer;
use crate::activity::{self, Action, Change, Entry};
use crate::batches::model::{Batch, Head, Row, State, Tally};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::{batch_rows, batches};
use crate::db::try_again;
use crate::error::{Error, Result};
use crate::sheets::{Outcome, Verdict};
use crate::users::model::upload::{Built, Undo, Why};
use crate::users::store::looked_after;
use crate::values::id::{BatchId, CustomerId, CustomerUserId, JobId, OrganisationId, PersonId};
use crate::values::moment::Moment;

#[derive(Queryable, Selectable)]
#[diesel(table_name = batches)]
pub(super) struct BatchRow {
    id: BatchId,
    organisation_id: OrganisationId,
    customer_id: CustomerId,
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
pub(super) struct RowRow {
    pub number: i64,
    line: i64,
    cells: String,
    pub verdict: Verdict,
    pub result: Outcome,
    why: String,
    pub made_id: Option<CustomerUserId>,
    undo: Option<String>,
    pub built_on: Option<Built>,
    pub password_at: Option<Moment>,
}

impl RowRow {
    /// # Errors
    /// When what is kept as JSON cannot be read.
    pub fn read(&self) -> Result<Row> {
        Ok(Row {
            number: self.number,
            line: self.line,
            texts: parsed(&self.cells)?,
            verdict: self.verdict,
            outcome: self.result,
            why: if self.why.is_empty() { Why::Nothing } else { parsed(&self.why)? },
            built_on: self.built_on,
        })
    }

    pub fn undo(&self) -> Result<Option<Undo>> {
        self.undo.as_deref().map(parsed).transpose()
    }
}

pub(super) fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Internal(error.into()))
}

pub(super) fn written(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.into()))
}

/// A batch of the viewer's organisation with the customer, which the organisation still looks
/// after.
///
/// # Errors
/// [`Error::NotFound`] when there is none, or the customer is beyond reach; [`Error::Undelegated`]; database errors.
pub fn find(conn: &mut Connection, by: &Viewer, id: &BatchId) -> Result<(Batch, Customer)> {
    let row: BatchRow = batches::table
        .find(id)
        .filter(batches::organisation_id.eq(&by.organisation.id))
        .select(BatchRow::as_select())
        .first(conn)?;
    let batch = row.read()?;
    let customer = looked_after(conn, &by.reach(), &batch.customer)?;
    Ok((batch, customer))
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
pub(super) fn behind(conn: &mut Connection, batch: &Batch, most: usize) -> Result<Vec<RowRow>> {
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
pub(super) fn advance(conn: &mut Connection, batch: &Batch, (reached, tally): (i64, &Tally)) -> Result<()> {
    let met = diesel::update(as_it_was(batch).filter(batches::reached.eq(batch.reached)))
        .set((batches::reached.eq(reached), batches::tally.eq(written(tally)?)))
        .execute(conn)?;
    if met == 1 { Ok(()) } else { Err(try_again()) }
}

/// A record about a batch, called like its file.
pub(super) fn entry(action: Action, batch: &Batch, customer: &Customer) -> Entry {
    Entry::new(action, "upload", batch.id, batch.name())
        .for_customer(&customer.id, &customer.account.company_name)
        .with([Change::set("file_hash", &batch.file_hash)])
}

/// In the viewer's log, and in that of the account's own provider.
pub(super) fn record(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    entry: &Entry,
    now: Moment,
) -> Result<()> {
    activity::store::record(conn, by, entry, now)?;
    if customer.provider != by.organisation.id {
        activity::store::record_for(conn, &customer.provider, by, entry, now)?;
    }
    Ok(())
}
