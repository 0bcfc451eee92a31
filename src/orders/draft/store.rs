//! Queries about drafts. A draft belongs to its maker's organisation; another one's does not exist.

mod account;
mod alike;
mod choice;
mod ending;
mod list;

use diesel::prelude::*;

pub use account::{Saved, set_account};
pub use alike::{Twin, know_alike, twins};
pub use choice::{Choice, set_choice};
pub use ending::{Cancelled, cancel, name_of, order_of};
pub use list::{DraftRow, count, page_of};

use super::{Draft, DraftLine, DraftState};
use crate::access::permission::{AddCustomers, PlaceOrders};
use crate::access::{Allowed, Permission};
use crate::catalog::model::Billing;
use crate::customers::facts::demand_lasting;
use crate::db::schema::{draft_lines, drafts};
use crate::db::{Connection, unless_taken};
use crate::error::{Error, Result};
use crate::values::id::{CustomerId, DraftId, OfferId, OrganisationId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::quantity::Quantity;

/// The draft of this id with its lines, whatever its state. What orders for an existing customer, and nothing
/// else, is for those who may order.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is another organisation's; [`Error::Forbidden`]; database errors.
pub fn find<P: Permission>(conn: &mut Connection, by: &Allowed<P>, id: &DraftId) -> Result<Draft> {
    let row: Row = drafts::table
        .filter(drafts::id.eq(id))
        .filter(drafts::provider_id.eq(&by.organisation.id))
        .select(Row::as_select())
        .first(conn)?;
    let is_for_existing = row.customer_id.is_some() && row.account.is_empty();
    if is_for_existing && !by.holds::<PlaceOrders>() {
        return Err(Error::Forbidden(PlaceOrders::KEY));
    }
    Ok(Draft {
        lines: lines_of(conn, &row.id)?,
        id: row.id,
        provider: row.provider_id,
        made_by_name: row.made_by_name,
        customer: row.customer_id,
        base: row.base_id,
        account: row.account,
        reseller: row.reseller_id,
        mpn_id: row.mpn_id,
        state: row.state,
        known_alike: row.known_alike,
        updated_at: row.updated_at,
        version: row.version,
    })
}

/// A draft as its columns are.
#[derive(Queryable, Selectable)]
#[diesel(table_name = drafts)]
struct Row {
    id: DraftId,
    provider_id: OrganisationId,
    made_by_name: String,
    customer_id: Option<CustomerId>,
    base_id: Option<SubscriptionId>,
    account: String,
    reseller_id: Option<OrganisationId>,
    mpn_id: String,
    state: DraftState,
    known_alike: String,
    updated_at: Moment,
    version: i32,
}

/// For which existing customer a draft is begun.
#[derive(Clone, Copy, Debug)]
pub struct Existing {
    pub customer: CustomerId,
    /// See [`Draft::base`].
    pub base: Option<SubscriptionId>,
}

/// Begins a draft under an id that the page chose, so that sending the page twice begins it once.
/// Answers `false` when there is one of this id already, whosever it is.
///
/// # Errors
/// [`Error::Ended`] where the relationship with the customer has ended; database errors.
pub fn begin(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    id: &DraftId,
    existing: Option<&Existing>,
    now: Moment,
) -> Result<bool> {
    if let Some(existing) = existing {
        demand_lasting(conn, &existing.customer)?;
    }
    unless_taken(
        conn,
        diesel::insert_into(drafts::table).values((
            drafts::id.eq(id),
            drafts::provider_id.eq(&by.organisation.id),
            drafts::made_by.eq(&by.person),
            drafts::made_by_name.eq(&by.name),
            drafts::customer_id.eq(existing.map(|existing| existing.customer)),
            drafts::base_id.eq(existing.and_then(|existing| existing.base)),
            drafts::account.eq(""),
            drafts::mpn_id.eq(""),
            drafts::state.eq(DraftState::Open),
            drafts::created_at.eq(now),
            drafts::updated_at.eq(now),
            drafts::version.eq(1),
        )),
    )
}

fn lines_of(conn: &mut Connection, draft: &DraftId) -> Result<Vec<DraftLine>> {
    let rows: Vec<LineRow> = draft_lines::table
        .filter(draft_lines::draft_id.eq(draft))
        .order(draft_lines::offer_id)
        .select(LineRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(DraftLine::from).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = draft_lines)]
struct LineRow {
    offer_id: OfferId,
    quantity: Quantity,
    billing: Billing,
}

impl From<LineRow> for DraftLine {
    fn from(row: LineRow) -> Self {
        Self { offer: row.offer_id, quantity: row.quantity, billing: row.billing }
    }
}
