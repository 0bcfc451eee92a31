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
pub use ending::{Cancelled, cancel, order_of};
pub use list::{DraftRow, count, page_of};

use super::{Draft, DraftLine, DraftState};
use crate::access::permission::{AddCustomers, PlaceOrders};
use crate::access::{Allowed, Permission};
use crate::catalog::model::Billing;
use crate::db::schema::{draft_lines, drafts};
use crate::db::{Connection, unless_taken};
use crate::error::{Error, Result};
use crate::values::id::{CustomerId, DraftId, OfferId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::quantity::Quantity;

/// The draft of this id with its lines, whatever its state. What orders for an existing customer, and nothing
/// else, is for those who may order.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is another organisation's; [`Error::Forbidden`]; database errors.
pub fn find<P: Permission>(conn: &mut Connection, by: &Allowed<P>, id: &DraftId) -> Result<Draft> {
    type Row = (
        (DraftId, OrganisationId, String, Option<CustomerId>, String),
        (Option<OrganisationId>, String, DraftState, Moment, i32, String),
    );
    let row: Row = drafts::table
        .filter(drafts::id.eq(id))
        .filter(drafts::provider_id.eq(&by.organisation.id))
        .select((
            (drafts::id, drafts::provider_id, drafts::made_by_name, drafts::customer_id, drafts::account),
            (
                drafts::reseller_id,
                drafts::mpn_id,
                drafts::state,
                drafts::updated_at,
                drafts::version,
                drafts::known_alike,
            ),
        ))
        .first(conn)?;
    let (
        (id, provider, made_by_name, customer, account),
        (reseller, mpn_id, state, updated_at, version, known_alike),
    ) = row;
    let is_for_existing = customer.is_some() && account.is_empty();
    if is_for_existing && !by.holds::<PlaceOrders>() {
        return Err(Error::Forbidden(PlaceOrders::KEY));
    }
    let lines = lines_of(conn, &id)?;
    Ok(Draft {
        id,
        provider,
        made_by_name,
        customer,
        account,
        reseller,
        mpn_id,
        state,
        known_alike,
        lines,
        updated_at,
        version,
    })
}

/// Begins a draft under an id that the page chose, so that sending the page twice begins it once.
/// Answers `false` when there is one of this id already, whosever it is.
///
/// # Errors
/// Database errors.
pub fn begin(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    id: &DraftId,
    customer: Option<&CustomerId>,
    now: Moment,
) -> Result<bool> {
    unless_taken(conn, |conn| {
        diesel::insert_into(drafts::table)
            .values((
                drafts::id.eq(id),
                drafts::provider_id.eq(&by.organisation.id),
                drafts::made_by.eq(&by.person),
                drafts::made_by_name.eq(&by.name),
                drafts::customer_id.eq(customer),
                drafts::account.eq(""),
                drafts::mpn_id.eq(""),
                drafts::state.eq(DraftState::Open),
                drafts::created_at.eq(now),
                drafts::updated_at.eq(now),
                drafts::version.eq(1),
            ))
            .execute(conn)
    })
}

fn lines_of(conn: &mut Connection, draft: &DraftId) -> Result<Vec<DraftLine>> {
    let rows: Vec<(OfferId, Quantity, Billing)> = draft_lines::table
        .filter(draft_lines::draft_id.eq(draft))
        .order(draft_lines::offer_id)
        .select((draft_lines::offer_id, draft_lines::quantity, draft_lines::billing))
        .load(conn)?;
    Ok(rows.into_iter().map(|(offer, quantity, billing)| DraftLine { offer, quantity, billing }).collect())
}
