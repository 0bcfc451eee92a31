//! The days on which relationships are planned to end.

use chrono::NaiveDate;
use diesel::dsl::min;
use diesel::prelude::*;

use crate::customers::facts::is_unaware_of;
use crate::db::Connection;
use crate::db::schema::endings;
use crate::endings::model::State;
use crate::error::Result;
use crate::values::id::CustomerId;

/// The first day from this one on, on which the relationship with a customer is planned to end.
///
/// # Errors
/// Database errors.
pub fn next_planned(
    conn: &mut Connection,
    customer: &CustomerId,
    from: NaiveDate,
) -> Result<Option<NaiveDate>> {
    Ok(endings::table
        .filter(endings::customer_id.eq(customer))
        .filter(endings::state.eq(State::Planned))
        .filter(endings::planned_on.ge(from))
        .select(min(endings::planned_on))
        .first(conn)?)
}

/// Some customers whose relationship is planned to end in these days, and that are not kept as such yet.
///
/// # Errors
/// Database errors.
pub fn unaware_of_plans(
    conn: &mut Connection,
    (from, to): (NaiveDate, NaiveDate),
    most: i64,
) -> Result<Vec<CustomerId>> {
    Ok(endings::table
        .filter(endings::state.eq(State::Planned))
        .filter(endings::planned_on.between(from, to))
        .filter(is_unaware_of("endings.customer_id", "endings.planned_on"))
        .select(endings::customer_id)
        .limit(most)
        .load(conn)?)
}
