//! What other areas ask about offers, and the rows and joins by which somebody else's query shows them. What can be
//! ordered stands in the catalogue of the store.

use diesel::dsl::{Eq, On};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::model::code::OfferCode;
use crate::db::Connection;
use crate::db::schema::offers;
pub use crate::db::schema::offers::qualification as offer_qualification;
use crate::error::Result;
use crate::values::id::OfferId;

/// The Offer ID of an offer, as files and people name it.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn code_of(conn: &mut Connection, id: &OfferId) -> Result<OfferCode> {
    Ok(offers::table.find(id).select(offers::code).first(conn)?)
}

/// What an offer says of the term of what is ordered.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = offers)]
pub struct Terms {
    pub is_trial: bool,
    pub term_months: i32,
}

/// The offer whose id stands in a column, for a join.
pub fn offer<C: AsExpression<Text>>(id: C) -> On<offers::table, Eq<offers::id, C>> {
    offers::table.on(offers::id.eq(id))
}
