//! Deletes what nobody handed in, nor mended when it was refused, and links that nobody used.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{enrolment_links, enrolments};
use crate::enrolment::model::{KEPT_DAYS, State};
use crate::error::Result;
use crate::values::id::EnrolmentId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// At most so many go at once, so that nobody waits for it.
const STEP: i64 = 50;

/// Deletes some enrolments whose last link expired long ago and for which nobody waits, with what they hold of the
/// account that was to be, and some links; answers how many.
///
/// # Errors
/// Database errors.
pub fn sweep(conn: &mut Connection, now: Moment) -> Result<usize> {
    let long_ago = now.plus_days(-KEPT_DAYS);
    let mut swept = 0;
    for state in [State::Started, State::Proven, State::Refused] {
        swept += forget_enrolments(conn, state, long_ago)?;
    }
    Ok(swept + forget_links(conn, long_ago)?)
}

fn forget_enrolments(conn: &mut Connection, state: State, long_ago: Moment) -> Result<usize> {
    let later = enrolment_links::table
        .filter(enrolment_links::enrolment_id.eq(enrolments::id))
        .filter(enrolment_links::expires_at.gt(long_ago));
    let forgotten: Vec<EnrolmentId> = enrolments::table
        .filter(enrolments::state.eq(state))
        .filter(enrolments::expires_at.le(long_ago))
        .filter(not(exists(later)))
        .order(enrolments::expires_at)
        .select(enrolments::id)
        .limit(STEP)
        .load(conn)?;
    if forgotten.is_empty() {
        return Ok(0);
    }
    Ok(diesel::delete(enrolments::table.filter(enrolments::id.eq_any(forgotten))).execute(conn)?)
}

fn forget_links(conn: &mut Connection, long_ago: Moment) -> Result<usize> {
    let unused: Vec<TokenHash> = enrolment_links::table
        .filter(enrolment_links::expires_at.le(long_ago))
        .order(enrolment_links::expires_at)
        .select(enrolment_links::token_hash)
        .limit(STEP)
        .load(conn)?;
    if unused.is_empty() {
        return Ok(0);
    }
    let rows = enrolment_links::table.filter(enrolment_links::token_hash.eq_any(unused));
    Ok(diesel::delete(rows).execute(conn)?)
}
