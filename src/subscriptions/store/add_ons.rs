//! What hangs on a subscription: its add-ons, theirs, and so on.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::model::rules::standing;
use super::super::model::{Status, Subscription};
use super::row::Row;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::SubscriptionId;

/// All add-ons below a subscription, nearest first. Who administers the customer may see them all; a reseller that
/// only manages the subscription sees those that name it as well.
///
/// # Errors
/// Database errors.
pub(super) fn below(conn: &mut Connection, base: &SubscriptionId) -> Result<Vec<Subscription>> {
    Ok(below_each(conn, &[*base])?.remove(base).unwrap_or_default())
}

/// The same of several.
///
/// # Errors
/// Database errors.
pub(super) fn below_each(
    conn: &mut Connection,
    bases: &[SubscriptionId],
) -> Result<HashMap<SubscriptionId, Vec<Subscription>>> {
    let mut roots: HashMap<SubscriptionId, SubscriptionId> = bases.iter().map(|id| (*id, *id)).collect();
    let mut found: HashMap<SubscriptionId, Vec<Subscription>> = HashMap::new();
    let mut level = bases.to_vec();
    while !level.is_empty() {
        let rows: Vec<Row> = subscriptions::table
            .filter(is_among(subscriptions::parent_id, &level))
            .order((subscriptions::sort_name, subscriptions::id))
            .select(Row::as_select())
            .load(conn)?;
        level.clear();
        for add_on in rows.into_iter().map(Subscription::from) {
            let root = add_on.parent.and_then(|parent| roots.get(&parent).copied());
            // No circle holds it up.
            if let Some(root) = root
                && roots.insert(add_on.id, root).is_none()
            {
                level.push(add_on.id);
                found.entry(root).or_default().push(add_on);
            }
        }
    }
    Ok(found)
}

/// How a subscription stands on a day, whoever sees it: nothing else is asked of the base of an add-on.
///
/// # Errors
/// Database errors.
pub fn standing_of(conn: &mut Connection, id: &SubscriptionId, today: NaiveDate) -> Result<Status> {
    let row: StandingRow = subscriptions::table.find(id).select(StandingRow::as_select()).first(conn)?;
    Ok(standing(row.status, row.kept_until, today))
}

/// When the term began that runs now: an add-on runs through the terms of what it is added to, however long its own are.
///
/// # Errors
/// Database errors.
pub(super) fn term_began_on(conn: &mut Connection, subscription: &Subscription) -> Result<NaiveDate> {
    let mut base = subscription.clone();
    while let Some(parent) = base.parent {
        let row: Row = subscriptions::table.find(&parent).select(Row::as_select()).first(conn)?;
        base = row.into();
    }
    Ok(base.term_began_on().max(subscription.starts_on))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions)]
struct StandingRow {
    status: Status,
    kept_until: Option<NaiveDate>,
}
