//! What hangs on a subscription: its add-ons, theirs, and so on.

use diesel::prelude::*;

use super::super::model::Subscription;
use super::row::Row;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::SubscriptionId;

/// All add-ons below a subscription, nearest first. Who may see the subscription may see them: they belong to
/// the same customer and provider.
///
/// # Errors
/// Database errors.
pub(super) fn below(conn: &mut Connection, base: &SubscriptionId) -> Result<Vec<Subscription>> {
    let mut all = Vec::new();
    let mut level = vec![base.clone()];
    while !level.is_empty() {
        let rows: Vec<Row> = subscriptions::table
            .filter(subscriptions::parent_id.eq_any(&level))
            .order((subscriptions::sort_name, subscriptions::id))
            .select(Row::as_select())
            .load(conn)?;
        let found: Vec<Subscription> = rows.into_iter().map(Subscription::from).collect();
        level = found.iter().map(|add_on| add_on.id.clone()).collect();
        all.extend(found);
    }
    Ok(all)
}
