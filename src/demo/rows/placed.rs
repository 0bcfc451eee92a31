//! Orders that stand as they were placed.

use super::OrderRow;
use crate::orders::model::OrderState;
use crate::values::currency::Currency;
use crate::values::id::{CustomerId, OrderId, OrganisationId};
use crate::values::moment::Moment;

impl OrderRow {
    /// One for a customer that is there, at no price yet, which nobody can cancel any more.
    pub fn placed(
        (id, number): (OrderId, String),
        (provider_id, customer_id): (OrganisationId, CustomerId),
        placed_by_name: String,
        currency: Currency,
        placed_at: Moment,
    ) -> Self {
        Self {
            id,
            number,
            provider_id,
            customer_id,
            draft_id: None,
            placed_by_name,
            currency,
            monthly_minor: 0,
            annual_minor: 0,
            created_customer: false,
            placed_at,
            state: OrderState::Placed,
            cancellable_until: None,
            cancelled_at: None,
            cancelled_by: None,
            cancelled_by_name: None,
            transfer_id: None,
            upfront_minor: 0,
            is_by_customer: false,
        }
    }
}
