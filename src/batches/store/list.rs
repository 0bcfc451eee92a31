//! The files that were sent for the users of a customer, and the rows of one.

use diesel::prelude::*;

use super::row::{BatchRow, RowRow};
use crate::access::Allowed;
use crate::access::permission::ManageUsers;
use crate::batches::form::RowFilter;
use crate::batches::model::{Batch, Row, State};
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::{batch_rows, batches};
use crate::error::Result;
use crate::sheets::{Outcome, Verdict};
use crate::users::model::upload::Added;
use crate::users::store::list::{Narrowed, count_of};
use crate::users::store::looked_after;
use crate::users::store::upload::to_hand_over;
use crate::values::id::{BatchId, CustomerId, CustomerUserId};
use crate::values::moment::Moment;
use crate::web::Count;
use crate::web::pager::{Page, Portion, ascending, descending, keyset};

/// Files that were sent for the users of a customer, and how many of those are deleted.
pub struct Listed {
    pub customer: Customer,
    pub page: Page<Batch>,
    pub deleted: Count,
}

/// A portion of those that the viewer's organisation sent, the newest first, with the customer.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when the customer is beyond reach; [`crate::error::Error::Undelegated`]; database
/// errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<ManageUsers>,
    id: &CustomerId,
    portion: &Portion,
) -> Result<Listed> {
    let customer = looked_after(conn, &by.reach(), id)?;
    let own = batches::table
        .filter(batches::organisation_id.eq(&by.organisation.id))
        .filter(batches::customer_id.eq(id))
        .into_boxed();
    let page: Page<BatchRow> = keyset(conn, own, descending(batches::uploaded_at, batches::id), portion)?;
    let page = page.read(|rows| rows.into_iter().map(BatchRow::read).collect())?;
    let deleted = count_of(conn, &customer, &Narrowed::deleted())?;
    Ok(Listed { customer, page, deleted })
}

/// The same file for the same customer, if it was applied and not taken back: the last time.
///
/// # Errors
/// Database errors.
pub fn same_before(conn: &mut Connection, batch: &Batch) -> Result<Option<Batch>> {
    let row: Option<BatchRow> = batches::table
        .filter(batches::organisation_id.eq(&batch.organisation))
        .filter(batches::customer_id.eq(&batch.customer))
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
pub fn rows_of(
    conn: &mut Connection,
    id: &BatchId,
    filter: &RowFilter,
    portion: &Portion,
) -> Result<Page<Row>> {
    let mut of = batch_rows::table.filter(batch_rows::batch_id.eq(id)).into_boxed();
    if filter.only_built_on() {
        of = of.filter(batch_rows::built_on.is_not_null());
    }
    match (Verdict::from_text(&filter.verdict), Outcome::from_text(&filter.result)) {
        (_, Some(outcome)) => of = of.filter(batch_rows::result.eq(outcome)),
        (Some(verdict), None) => of = of.filter(batch_rows::verdict.eq(verdict)),
        (None, None) => {}
    }
    let page: Page<RowRow> = keyset(conn, of, ascending(batch_rows::number, batch_rows::batch_id), portion)?;
    page.read(|rows| rows.iter().map(RowRow::read).collect())
}

/// How many users whom it added have no password of their own yet, and can be given one.
///
/// # Errors
/// Database errors.
pub fn waiting_for_passwords(conn: &mut Connection, id: &BatchId, customer: &Customer) -> Result<Count> {
    let some: Vec<(Option<CustomerUserId>, Option<Moment>)> = batch_rows::table
        .filter(batch_rows::batch_id.eq(id))
        .filter(batch_rows::result.eq(Outcome::Added))
        .filter(batch_rows::password_at.is_not_null())
        .order(batch_rows::number)
        .select((batch_rows::made_id, batch_rows::password_at))
        .limit(Count::LIMIT)
        .load(conn)?;
    if some.len() > Count::MOST {
        return Ok(Count::of(some.len()));
    }
    let added = some.into_iter().filter_map(|(user, at)| Some(Added { user: user?, password_at: at? }));
    Ok(Count::of(to_hand_over(conn, customer, &added.collect::<Vec<_>>())?.len()))
}
