//! Deletes what nobody handed in.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::enrolments;
use crate::enrolment::model::{KEPT_DAYS, State};
use crate::error::Result;
use crate::values::id::EnrolmentId;
use crate::values::moment::Moment;

/// At most so many go at once, so that nobody waits for it; each one that begins adds one.
const STEP: i64 = 50;

/// Deletes some enrolments whose link expired long ago and that were never handed in.
///
/// # Errors
/// Database errors.
pub fn sweep(conn: &mut Connection, now: Moment) -> Result<()> {
    for state in [State::Started, State::Proven] {
        let forgotten: Vec<EnrolmentId> = enrolments::table
            .filter(enrolments::state.eq(state))
            .filter(enrolments::expires_at.le(now.plus_days(-KEPT_DAYS)))
            .order(enrolments::expires_at)
            .select(enrolments::id)
            .limit(STEP)
            .load(conn)?;
        if !forgotten.is_empty() {
            diesel::delete(enrolments::table.filter(enrolments::id.eq_any(forgotten))).execute(conn)?;
        }
    }
    Ok(())
}
