//! The handovers of a provider, and what came of one for each customer.

use diesel::prelude::*;

use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::HandCustomersOver;
use crate::customers::facts::{Named, customer};
use crate::db::Connection;
use crate::db::schema::{handover_customers, handovers};
use crate::error::Result;
use crate::handovers::model::{Handover, Outcome, Settled};
use crate::web::pager::{Page, Portion, ascending, descending, keyset};

/// A portion of them, the newest first.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<HandCustomersOver>,
    portion: &Portion,
) -> Result<Page<Handover>> {
    let own = handovers::table.filter(handovers::provider_id.eq(&by.organisation.id)).into_boxed();
    let page: Page<Row> = keyset(conn, own, descending(handovers::begun_at, handovers::id), portion)?;
    page.read(|rows| rows.into_iter().map(|row| row.read(conn)).collect())
}

/// A portion of the customers of a handover that was read for the viewer, in the order of their turns.
///
/// # Errors
/// Database errors.
pub fn results_of(
    conn: &mut Connection,
    handover: &Handover,
    outcome: Option<Outcome>,
    portion: &Portion,
) -> Result<Page<Settled>> {
    let mut of = handover_customers::table
        .inner_join(customer(handover_customers::customer_id))
        .filter(handover_customers::handover_id.eq(&handover.id))
        .into_boxed();
    if let Some(outcome) = outcome {
        of = of.filter(handover_customers::result.eq(outcome));
    }
    let order = ascending(handover_customers::position, handover_customers::customer_id);
    let page: Page<SettledRow> = keyset(conn, of, order, portion)?;
    Ok(page.map(|row| Settled { customer: row.customer, outcome: row.result, why: row.why }))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = handover_customers)]
struct SettledRow {
    #[diesel(embed)]
    customer: Named,
    result: Outcome,
    why: String,
}
