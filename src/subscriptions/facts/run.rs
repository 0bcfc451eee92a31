//! Subscriptions as others show them, as a part of bigger queries.

use chrono::NaiveDate;
use diesel::dsl::{Eq, On};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::db::schema::subscriptions;

/// From when to when a subscription runs.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = subscriptions)]
pub struct Run {
    pub starts_on: NaiveDate,
    pub renews_on: NaiveDate,
}

/// The subscription whose id stands in a column, for a join.
pub fn subscription<C: AsExpression<Text>>(id: C) -> On<subscriptions::table, Eq<subscriptions::id, C>> {
    subscriptions::table.on(subscriptions::id.eq(id))
}
