//! What other areas ask about promotions.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::prelude::*;

pub use super::model::{AllRunning, Running};
use crate::db::Connection;
use crate::db::schema::{promotion_offers, promotions};
use crate::error::Result;
use crate::values::id::{OfferId, PromotionId};

/// The promotions that run on a day.
///
/// # Errors
/// Database errors.
pub fn running(conn: &mut Connection, today: NaiveDate) -> Result<AllRunning> {
    let rows: Vec<RunningRow> = promotion_offers::table
        .inner_join(promotions::table.on(promotions::id.eq(promotion_offers::promotion_id)))
        .filter(promotions::ended_at.is_null())
        .filter(promotions::starts_on.le(today))
        .filter(promotions::ends_on.ge(today))
        .order((promotions::percent.desc(), promotions::ends_on.desc(), promotions::id))
        .select(RunningRow::as_select())
        .load(conn)?;
    let mut all: BTreeMap<OfferId, Vec<Running>> = BTreeMap::new();
    for row in rows {
        let running = Running {
            id: row.id,
            name: row.name,
            percent: row.percent,
            until: row.ends_on,
            for_new_customers: row.for_new_customers,
        };
        all.entry(row.offer_id).or_default().push(running);
    }
    Ok(AllRunning(all))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = promotions)]
struct RunningRow {
    #[diesel(select_expression = promotion_offers::offer_id)]
    offer_id: OfferId,
    id: PromotionId,
    name: String,
    percent: i32,
    ends_on: NaiveDate,
    for_new_customers: bool,
}

/// What a promotion is called.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn name_of(conn: &mut Connection, id: &PromotionId) -> Result<String> {
    Ok(promotions::table.find(id).select(promotions::name).first(conn)?)
}
