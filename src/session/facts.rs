//! What other areas ask about sign-ins: whose they are, how long they last, and whether a second factor stands behind them.

use diesel::dsl::{Eq, On, auto_type};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::db::Connection;
pub use crate::db::schema::second_factors::person_id as second_factor_of;
pub use crate::db::schema::sign_ins::person_id as signed_in;
use crate::db::schema::{second_factors, sign_ins};
use crate::error::Result;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// A sign-in ends after so long without a request.
pub const IDLE_SECONDS: i64 = 12 * 3600;
/// A sign-in ends after so many days in any case.
pub const LONGEST_DAYS: i64 = 30;

/// A sign-in, as far as it says how fresh it is.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = sign_ins)]
pub struct SignIn {
    pub last_seen_at: Moment,
    pub confirmed_at: Option<Moment>,
}

/// The sign-in of a token, if it opens anything and has not ended by itself.
#[auto_type]
pub fn lasting<'a>(token: &'a TokenHash, now: Moment) -> _ {
    let idle: Moment = now.plus_seconds(-IDLE_SECONDS);
    let oldest: Moment = now.plus_days(-LONGEST_DAYS);
    sign_ins::table
        .filter(sign_ins::token_hash.eq(token))
        .filter(sign_ins::awaits_code.eq(false))
        .filter(sign_ins::last_seen_at.gt(idle))
        .filter(sign_ins::created_at.gt(oldest))
}

/// The second factor of the person whose id stands in a column, for a left join.
pub fn second_factor<C: AsExpression<Text>>(
    person: C,
) -> On<second_factors::table, Eq<second_factors::person_id, C>> {
    second_factors::table.on(second_factors::person_id.eq(person))
}

/// Marks a sign-in as used.
///
/// # Errors
/// Database errors.
pub fn touch(conn: &mut Connection, token: &TokenHash, now: Moment) -> Result<()> {
    let begun_later = sign_ins::table.find(token).filter(sign_ins::created_at.gt(now));
    diesel::update(begun_later).set(sign_ins::created_at.eq(now)).execute(conn)?;
    diesel::update(sign_ins::table.filter(sign_ins::token_hash.eq(token)))
        .set(sign_ins::last_seen_at.eq(now))
        .execute(conn)?;
    Ok(())
}
