//! Forgetting what was told long ago; the activity log keeps it.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{digests, notifications};
use crate::error::Result;
use crate::values::id::NotificationId;
use crate::values::moment::Moment;

/// For so many days events are kept.
pub const KEPT_DAYS: i64 = 30;

/// So many go at once, so that nobody waits for it.
const STEP: i64 = 500;

/// Forgets some events that are old and wait for nobody; answers how many.
///
/// # Errors
/// Database errors.
pub fn forget_old(conn: &mut Connection, now: Moment) -> Result<usize> {
    let waiting: Option<Option<i64>> = digests::table
        .filter(digests::from_position.is_not_null())
        .order(digests::from_position)
        .select(digests::from_position)
        .first(conn)
        .optional()?;
    let told_below = waiting.flatten().unwrap_or(i64::MAX);
    let old: Vec<NotificationId> = notifications::table
        .filter(notifications::occurred_at.le(now.plus_days(-KEPT_DAYS)))
        .filter(notifications::position.lt(told_below))
        .order(notifications::occurred_at)
        .select(notifications::id)
        .limit(STEP)
        .load(conn)?;
    if old.is_empty() {
        return Ok(0);
    }
    Ok(diesel::delete(notifications::table.filter(notifications::id.eq_any(old))).execute(conn)?)
}
