//! The list of promotions as a file.

use super::form::PromotionFilter;
use super::model::Promotion;
use super::store::listing::{self, Selection};
use crate::access::permission::SeeCatalog;
use crate::catalog::model::code::OfferCode;
use crate::db::Connection;
use crate::error::Result;
use crate::paths::promotions as at;
use crate::web::cell::Cell;
use crate::web::export::{Kind, Sheet, Wish};

/// The lists of this area that can be had as files.
pub const EXPORTS: &[Kind] = &[Kind { route: at::export::ROUTE, sheet: promotions }];

/// Whoever reads the file relies on them.
const HEADS: [&str; 8] =
    ["Promotion ID", "Name", "Percent", "First day", "Last day", "New customers only", "State", "Offers"];

fn promotions(_: &mut Connection, wish: &Wish<'_>) -> Result<Sheet> {
    let by = wish.allowed::<SeeCatalog>()?;
    let filter = wish.place.filter::<PromotionFilter>()?.tidy();
    let selection = Selection { stage: filter.stage(), today: wish.now.day() };
    let read = move |conn: &mut Connection, portion: &_| listing::page_of(conn, &by, selection, portion);
    let row = move |promotion: Promotion| {
        let terms = &promotion.terms;
        let codes: Vec<&str> = terms.offers.iter().map(OfferCode::as_str).collect();
        Ok(vec![
            Cell::text(promotion.id),
            Cell::text(&terms.name),
            Cell::number(terms.percent),
            Cell::Day(Some(terms.starts_on)),
            Cell::Day(Some(terms.ends_on)),
            Cell::text(if terms.for_new_customers { "yes" } else { "no" }),
            Cell::text(promotion.stage(selection.today).as_text()),
            Cell::text(codes.join(";")),
        ])
    };
    Ok(Sheet::new("promotions", &HEADS, read, row).narrowed(&filter))
}
