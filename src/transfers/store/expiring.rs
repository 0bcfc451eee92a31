//! Files that nobody answered in time end by themselves. Everything stays as it was.

use diesel::prelude::*;

use super::closing::{Voice, close, entry, record_with_sides, tell_end};
use super::one;
use crate::activity::Action;
use crate::db::Connection;
use crate::db::schema::transfers;
use crate::error::Result;
use crate::transfers::model::State;
use crate::values::id::TransferId;
use crate::values::moment::Moment;
use crate::web::Site;

/// So many end in one transaction.
const AT_ONCE: i64 = 20;

/// Ends some whose last day is over. Answers how many there were.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn expire_some(conn: &mut Connection, site: &Site, now: Moment) -> Result<usize> {
    let over: Vec<TransferId> = transfers::table
        .filter(transfers::settled_at.is_null())
        .filter(transfers::open_until.lt(now.day()))
        .order((transfers::open_until, transfers::id))
        .select(transfers::id)
        .limit(AT_ONCE)
        .load(conn)?;
    for id in &over {
        let transfer = one(conn, id)?;
        if close(conn, &transfer, State::Expired, (Voice::Portal, ""), now)? {
            let entry = |customer: &_| entry(Action::ExpireTransfer, &transfer, customer);
            record_with_sides(conn, &transfer, Voice::Portal, entry, now)?;
            tell_end(conn, id, Voice::Portal, site, now)?;
        }
    }
    Ok(over.len())
}
