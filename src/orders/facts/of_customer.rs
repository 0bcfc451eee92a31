//! What is under way for a customer: orders that can still be cancelled, and those in the making.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{drafts, orders};
use crate::error::Result;
use crate::orders::model::{DraftState, OrderState};
use crate::values::id::{CustomerId, DraftId, OrderId};
use crate::values::moment::Moment;

/// An order that can be cancelled until a moment.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = orders)]
pub struct Cancellable {
    pub id: OrderId,
    pub number: String,
    #[diesel(select_expression = orders::cancellable_until.assume_not_null())]
    pub cancellable_until: Moment,
}

/// An order in the making.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = drafts)]
pub struct OpenDraft {
    pub id: DraftId,
    pub made_by_name: String,
    pub updated_at: Moment,
}

/// The orders of a customer that can be cancelled now, the earliest first.
///
/// # Errors
/// Database errors.
pub fn cancellable_of(conn: &mut Connection, customer: &CustomerId, now: Moment) -> Result<Vec<Cancellable>> {
    Ok(orders::table
        .filter(orders::customer_id.eq(customer))
        .filter(orders::state.eq(OrderState::Placed))
        .filter(orders::cancellable_until.ge(now))
        .order((orders::placed_at, orders::id))
        .select(Cancellable::as_select())
        .load(conn)?)
}

/// The open drafts for a customer that is there, the latest first.
///
/// # Errors
/// Database errors.
pub fn open_drafts_of(conn: &mut Connection, customer: &CustomerId) -> Result<Vec<OpenDraft>> {
    Ok(drafts::table
        .filter(drafts::customer_id.eq(customer))
        .filter(drafts::state.eq(DraftState::Open))
        .order((drafts::updated_at.desc(), drafts::id))
        .select(OpenDraft::as_select())
        .load(conn)?)
}
