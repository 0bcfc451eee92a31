//! The open drafts of an organisation, the one changed last first.

use std::collections::HashSet;

use diesel::prelude::*;

use super::DraftState;
use crate::access::Allowed;
use crate::access::permission::{PlaceOrders, SeeDrafts};
use crate::customers::facts::{Named, customer_if_any};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{draft_lines, drafts};
use crate::error::Result;
use crate::values::id::DraftId;
use crate::values::moment::Moment;
use crate::web::Count;
use crate::web::pager::{Page, Portion, descending, keyset};

/// A draft in the list.
#[derive(Clone, Debug)]
pub struct DraftRow {
    pub id: DraftId,
    /// The customer who orders; none while the customer is new.
    pub customer_name: Option<String>,
    /// The New customer form as JSON.
    pub account: String,
    pub made_by_name: String,
    pub has_lines: bool,
    pub updated_at: Moment,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = drafts)]
struct Row {
    id: DraftId,
    #[diesel(embed)]
    customer: Option<Named>,
    account: String,
    made_by_name: String,
    updated_at: Moment,
}

/// A page of the viewer's organisation's open drafts; orders for existing customers only for those who may order.
///
/// # Errors
/// Database errors.
pub fn page_of(conn: &mut Connection, by: &Allowed<SeeDrafts>, portion: &Portion) -> Result<Page<DraftRow>> {
    let mut open = drafts::table
        .left_join(customer_if_any(drafts::customer_id))
        .filter(drafts::provider_id.eq(&by.organisation.id))
        .filter(drafts::state.eq(DraftState::Open))
        .into_boxed();
    if !by.holds::<PlaceOrders>() {
        open = open.filter(drafts::customer_id.is_null());
    }
    let page: Page<Row> = keyset(conn, open, descending(drafts::updated_at, drafts::id), portion)?;
    let with_lines = with_lines(conn, &page.rows)?;
    Ok(page.map(|row| draft_row(row, &with_lines)))
}

/// How many open drafts the viewer's organisation has.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection, by: &Allowed<SeeDrafts>) -> Result<Count> {
    let some: Vec<DraftId> = drafts::table
        .filter(drafts::provider_id.eq(&by.organisation.id))
        .filter(drafts::state.eq(DraftState::Open))
        .select(drafts::id)
        .limit(Count::LIMIT)
        .load(conn)?;
    Ok(Count::of(some.len()))
}

fn with_lines(conn: &mut Connection, rows: &[Row]) -> Result<HashSet<DraftId>> {
    let ids: Vec<&DraftId> = rows.iter().map(|row| &row.id).collect();
    let found: Vec<DraftId> = draft_lines::table
        .filter(is_among(draft_lines::draft_id, ids))
        .select(draft_lines::draft_id)
        .distinct()
        .load(conn)?;
    Ok(found.into_iter().collect())
}

fn draft_row(row: Row, with_lines: &HashSet<DraftId>) -> DraftRow {
    DraftRow {
        has_lines: with_lines.contains(&row.id),
        id: row.id,
        customer_name: row.customer.map(|customer| customer.company_name),
        account: row.account,
        made_by_name: row.made_by_name,
        updated_at: row.updated_at,
    }
}
