//! What other areas ask about orders, and about drafts, which become some.

mod of_customer;

use diesel::prelude::*;

pub use of_customer::{Cancellable, OpenDraft, cancellable_of, open_drafts_of};

use super::model::DraftState;
use crate::access::{Allowed, Permission};
use crate::db::Connection;
use crate::db::schema::{drafts, orders};
use crate::error::Result;
use crate::values::id::{CustomerId, DraftId, OrderId, OrganisationId};
use crate::values::moment::Moment;

/// An order as those name it who know what it has bought.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = orders)]
pub struct Numbered {
    pub number: String,
    cancelled_at: Option<Moment>,
    cancelled_by_name: Option<String>,
}

impl Numbered {
    /// When it was cancelled, and by whom.
    pub fn cancelled(self) -> Option<(Moment, String)> {
        self.cancelled_at.zip(self.cancelled_by_name)
    }
}

/// The order of this id, for those who see one of its subscriptions.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn numbered(conn: &mut Connection, order: &OrderId) -> Result<Numbered> {
    Ok(orders::table.find(order).select(Numbered::as_select()).first(conn)?)
}

/// How many orders there are of a customer, cancelled ones too.
///
/// # Errors
/// Database errors.
pub fn count_of(conn: &mut Connection, customer: &CustomerId) -> Result<i64> {
    Ok(orders::table.filter(orders::customer_id.eq(customer)).count().get_result(conn)?)
}

/// A customer is called otherwise from now on: what was ordered so far was ordered under this name.
///
/// # Errors
/// Database errors.
pub fn keep_name(conn: &mut Connection, customer: &CustomerId, company_name: &str) -> Result<()> {
    let named_as_it_was =
        orders::table.filter(orders::customer_id.eq(customer)).filter(orders::company_name.is_null());
    diesel::update(named_as_it_was).set(orders::company_name.eq(company_name)).execute(conn)?;
    Ok(())
}

/// How many open drafts of a provider name a reseller.
///
/// # Errors
/// Database errors.
pub fn count_drafts_naming(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: &OrganisationId,
) -> Result<i64> {
    let naming = drafts::table
        .filter(drafts::provider_id.eq(provider))
        .filter(drafts::state.eq(DraftState::Open))
        .filter(drafts::reseller_id.eq(reseller));
    Ok(naming.count().get_result(conn)?)
}

/// Whom a draft is for.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = drafts)]
pub struct DraftBuyer {
    /// None while the customer is new.
    #[diesel(column_name = customer_id)]
    pub customer: Option<CustomerId>,
    /// The New customer form as it was last typed, as JSON.
    pub account: String,
    state: DraftState,
}

impl DraftBuyer {
    pub fn is_open(&self) -> bool {
        self.state == DraftState::Open
    }
}

/// Whom a draft of the viewer's organisation is for.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn buyer_of_draft<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    draft: &DraftId,
) -> Result<DraftBuyer> {
    Ok(drafts::table
        .filter(drafts::id.eq(draft))
        .filter(drafts::provider_id.eq(&by.organisation.id))
        .select(DraftBuyer::as_select())
        .first(conn)?)
}
