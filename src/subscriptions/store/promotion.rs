//! The promotion by which a subscription costs less in its first term.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::{PromotionId, SubscriptionId};

/// Keeps it with a subscription that was just added at its price.
///
/// # Errors
/// Database errors.
pub fn keep(conn: &mut Connection, id: &SubscriptionId, promotion: &PromotionId) -> Result<()> {
    diesel::update(subscriptions::table.find(id))
        .set(subscriptions::promotion_id.eq(Some(promotion)))
        .execute(conn)?;
    Ok(())
}
