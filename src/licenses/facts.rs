//! What other areas ask about licenses. Those of deleted users are not assigned.

use std::collections::{HashMap, HashSet};

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::licenses;
use crate::error::Result;
use crate::values::id::{CustomerId, CustomerUserId, OfferId};

/// How many licenses of each offer are assigned, out of what a customer bought.
///
/// # Errors
/// Database errors.
pub fn assigned(conn: &mut Connection, customer: &CustomerId) -> Result<HashMap<OfferId, i64>> {
    let rows: Vec<(OfferId, i64)> = licenses::table
        .filter(licenses::customer_id.eq(customer))
        .filter(licenses::released_at.is_null())
        .group_by(licenses::offer_id)
        .select((licenses::offer_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// How many of one.
///
/// # Errors
/// Database errors.
pub fn assigned_of(conn: &mut Connection, customer: &CustomerId, offer: &OfferId) -> Result<i64> {
    let of = licenses::table
        .filter(licenses::customer_id.eq(customer))
        .filter(licenses::offer_id.eq(offer))
        .filter(licenses::released_at.is_null());
    Ok(of.count().get_result(conn)?)
}

/// How many of some.
///
/// # Errors
/// Database errors.
pub fn assigned_among(
    conn: &mut Connection,
    customer: &CustomerId,
    offers: &[OfferId],
) -> Result<HashMap<OfferId, i64>> {
    offers.iter().map(|offer| Ok((*offer, assigned_of(conn, customer, offer)?))).collect()
}

/// Those of some users who have licenses out of what another account of their company bought.
///
/// # Errors
/// Database errors.
pub fn who_has_others(
    conn: &mut Connection,
    customer: &CustomerId,
    users: &[CustomerUserId],
) -> Result<HashSet<CustomerUserId>> {
    let others: Vec<CustomerUserId> = licenses::table
        .filter(is_among(licenses::user_id, users))
        .filter(licenses::customer_id.ne(customer))
        .filter(licenses::released_at.is_null())
        .select(licenses::user_id)
        .load(conn)?;
    Ok(others.into_iter().collect())
}

/// The users who have a license of an offer, for a condition of somebody else's query.
#[diesel::dsl::auto_type]
pub fn holders(customer: CustomerId, offer: OfferId) -> _ {
    licenses::table
        .filter(licenses::customer_id.eq(customer))
        .filter(licenses::offer_id.eq(offer))
        .filter(licenses::released_at.is_null())
        .select(licenses::user_id)
}
