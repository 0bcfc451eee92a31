//! Whether the provider's relationship with a customer has ended: nothing new begins for it then, whoever asks.

use diesel::dsl::{Eq, Filter, IsNull, Select};
use diesel::prelude::*;
use diesel::query_dsl::methods::SingleValueDsl;

use super::administered::Outer;
use crate::db::Connection;
use crate::db::schema::customers;
use crate::error::{Error, Result};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// Whether the relationship with a customer has ended.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn has_ended(conn: &mut Connection, customer: &CustomerId) -> Result<bool> {
    let ended_at: Option<Moment> = customers::table.find(customer).select(customers::ended_at).first(conn)?;
    Ok(ended_at.is_some())
}

/// Every deed that begins something for a customer, or changes its account, asks this in its own transaction.
///
/// # Errors
/// [`Error::Ended`] where the relationship has ended; [`Error::NotFound`]; database errors.
pub fn demand_lasting(conn: &mut Connection, customer: &CustomerId) -> Result<()> {
    if has_ended(conn, customer)? { Err(Error::Ended(*customer)) } else { Ok(()) }
}

type EndOf<C> =
    <Select<Filter<customers::table, Eq<customers::id, C>>, customers::ended_at> as SingleValueDsl>::Output;

/// [`is_lasting`]
pub type IsLasting<C> = IsNull<EndOf<C>>;

/// Whether the relationship with the customer whose id stands in a column lasts.
pub fn is_lasting<C: Outer>(customer: C) -> IsLasting<C> {
    let one = customers::table.filter(customers::id.eq(customer)).select(customers::ended_at);
    SingleValueDsl::single_value(one).is_null()
}
