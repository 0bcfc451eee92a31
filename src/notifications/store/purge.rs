//! Forgetting what was told long ago; the activity log keeps it.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{digests, notifications};
use crate::error::Result;
use crate::values::id::NotificationId;
use crate::values::moment::Moment;

/// For so many days events are kept.
pub const KEPT_DAYS: i64 = 30;

/// Some events that are old and wait for nobody.
///
/// # Errors
/// Database errors.
pub fn old(conn: &mut Connection, now: Moment, most: i64) -> Result<Vec<NotificationId>> {
    let waiting: Option<Option<i64>> = digests::table
        .filter(digests::from_position.is_not_null())
        .order(digests::from_position)
        .select(digests::from_position)
        .first(conn)
        .optional()?;
    let told_below = waiting.flatten().unwrap_or(i64::MAX);
    Ok(notifications::table
        .filter(notifications::occurred_at.le(now.plus_days(-KEPT_DAYS)))
        .filter(notifications::position.lt(told_below))
        .order(notifications::occurred_at)
        .select(notifications::id)
        .limit(most)
        .load(conn)?)
}

/// Forgets them.
///
/// # Errors
/// Database errors.
pub fn forget(conn: &mut Connection, ids: &[NotificationId]) -> Result<()> {
    diesel::delete(notifications::table.filter(notifications::id.eq_any(ids))).execute(conn)?;
    Ok(())
}
