//! Promotions as their columns are, and whole ones with their offers.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::catalog::facts::{OfferNamed, offer};
use crate::catalog::model::code::OfferCode;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{promotion_offers, promotions};
use crate::error::Result;
use crate::promotions::model::{Named, Promotion, Terms};
use crate::values::id::{OfferId, PromotionId};
use crate::values::moment::Moment;

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone)]
#[diesel(table_name = promotions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct PromotionRow {
    pub id: PromotionId,
    pub name: String,
    pub percent: i32,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub for_new_customers: bool,
    pub version: i32,
    pub created_at: Moment,
    pub changed_at: Moment,
    pub changed_by_name: String,
    pub ended_at: Option<Moment>,
    pub ended_by_name: Option<String>,
}

/// What one is for.
#[derive(Insertable, Clone)]
#[diesel(table_name = promotion_offers)]
pub struct PromotionOfferRow {
    pub promotion_id: PromotionId,
    pub offer_id: OfferId,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = promotion_offers)]
struct OfferRow {
    promotion_id: PromotionId,
    #[diesel(embed)]
    offer: OfferNamed,
}

/// Whole promotions, in the order of the rows.
///
/// # Errors
/// Database errors.
pub(super) fn whole(conn: &mut Connection, rows: Vec<PromotionRow>) -> Result<Vec<Promotion>> {
    let ids: Vec<&PromotionId> = rows.iter().map(|row| &row.id).collect();
    let named: Vec<OfferRow> = promotion_offers::table
        .inner_join(offer(promotion_offers::offer_id))
        .filter(is_among(promotion_offers::promotion_id, ids))
        .select(OfferRow::as_select())
        .load(conn)?;
    let mut offers: HashMap<PromotionId, Vec<OfferNamed>> = HashMap::new();
    for row in named {
        offers.entry(row.promotion_id).or_default().push(row.offer);
    }
    let kept = |row: PromotionRow| {
        let mut of = offers.remove(&row.id).unwrap_or_default();
        of.sort_by(|one, other| one.sort_name.cmp(&other.sort_name).then_with(|| one.code.cmp(&other.code)));
        promotion(row, of)
    };
    Ok(rows.into_iter().map(kept).collect())
}

fn promotion(row: PromotionRow, offers: Vec<OfferNamed>) -> Promotion {
    let codes: Vec<OfferCode> = offers.iter().map(|offer| offer.code.clone()).collect();
    Promotion {
        id: row.id,
        terms: Terms {
            name: row.name,
            percent: row.percent,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            for_new_customers: row.for_new_customers,
            offers: codes,
        },
        offers: offers.into_iter().map(|offer| Named { id: offer.id, name: offer.name }).collect(),
        ended: row.ended_at.zip(row.ended_by_name),
        version: row.version,
        changed_at: row.changed_at,
        changed_by: row.changed_by_name,
    }
}
