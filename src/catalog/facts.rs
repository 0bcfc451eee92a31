//! What other areas ask about offers, and the rows and joins by which somebody else's query shows them. What can be
//! ordered stands in the catalogue of the store.

use std::collections::HashMap;

use diesel::dsl::{Eq, On, exists};
use diesel::expression::AsExpression;
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::model::code::OfferCode;
use super::model::{ENDLESS_MONTHS, LimitScope, Unit, listed};
use crate::db::Connection;
use crate::db::among::is_among;
pub use crate::db::schema::offers::qualification as offer_qualification;
use crate::db::schema::{offer_prerequisites, offer_upgrades, offers};
use crate::error::Result;
use crate::values::country::Country;
use crate::values::id::OfferId;

/// The Offer ID of an offer, as files and people name it.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn code_of(conn: &mut Connection, id: &OfferId) -> Result<OfferCode> {
    Ok(offers::table.find(id).select(offers::code).first(conn)?)
}

/// What an offer is called.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn name_of(conn: &mut Connection, id: &OfferId) -> Result<String> {
    Ok(offers::table.find(id).select(offers::name).first(conn)?)
}

/// An offer by its name, for a link.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = offers)]
pub struct Titled {
    pub id: OfferId,
    pub name: String,
}

/// Those of these offers that are sold, by name.
///
/// # Errors
/// Database errors.
pub fn titled(conn: &mut Connection, ids: &[OfferId]) -> Result<Vec<Titled>> {
    Ok(offers::table
        .filter(is_among(offers::id, ids))
        .filter(offers::is_available)
        .order((offers::sort_name, offers::id))
        .select(Titled::as_select())
        .load(conn)?)
}

/// Over what the number of an offer's subscriptions is limited, and to how many.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn limit_of(conn: &mut Connection, id: &OfferId) -> Result<(LimitScope, i32)> {
    Ok(offers::table.find(id).select((offers::limit_scope, offers::limit_count)).first(conn)?)
}

/// Whether anything that is still sold can be added to an offer.
///
/// # Errors
/// Database errors.
pub fn has_add_ons(conn: &mut Connection, base: &OfferId) -> Result<bool> {
    let sold = offer_prerequisites::table
        .inner_join(offer(offer_prerequisites::add_on_id))
        .filter(offer_prerequisites::base_id.eq(base))
        .filter(offers::is_available);
    Ok(diesel::select(exists(sold)).get_result(conn)?)
}

/// What a subscription of an offer can be upgraded to, by name; also what is withdrawn by now.
///
/// # Errors
/// Database errors.
pub fn upgrade_targets(conn: &mut Connection, id: &OfferId) -> Result<Vec<OfferId>> {
    Ok(offer_upgrades::table
        .inner_join(offer(offer_upgrades::target_id))
        .filter(offer_upgrades::offer_id.eq(id))
        .order((offers::sort_name, offers::id))
        .select(offers::id)
        .load(conn)?)
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

/// An offer as other areas name it.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = offers)]
pub struct OfferNamed {
    pub id: OfferId,
    pub code: OfferCode,
    pub name: String,
    pub sort_name: String,
    is_trial: bool,
    unit: Unit,
    term_months: i32,
}

impl OfferNamed {
    /// Whether something is paid beforehand.
    pub fn costs_something(&self) -> bool {
        !self.is_trial && self.unit != Unit::Usage
    }

    /// Whether its term is over some day.
    pub fn ends(&self) -> bool {
        self.term_months < ENDLESS_MONTHS
    }
}

/// The offers of these IDs, as far as they are there.
///
/// # Errors
/// Database errors.
pub fn offers_named(conn: &mut Connection, codes: &[OfferCode]) -> Result<Vec<OfferNamed>> {
    let found = offers::table.filter(offers::code.eq_any(codes)).order((offers::sort_name, offers::id));
    Ok(found.select(OfferNamed::as_select()).load(conn)?)
}

/// What licenses of an offer hold, and to whom they can be given.
#[derive(Clone, Debug)]
pub struct Licensed {
    pub id: OfferId,
    pub name: String,
    /// Service plans, by name, in the order of the catalog.
    pub plans: Vec<String>,
    /// Where it is sold, as country codes; empty for everywhere.
    pub countries: Vec<String>,
    /// Of an add-on: what it goes with, any one of them.
    pub bases: Vec<(OfferId, String)>,
}

impl Licensed {
    pub fn is_sold_in(&self, country: Country) -> bool {
        self.countries.is_empty() || self.countries.iter().any(|code| code == country.code())
    }
}

/// What the licenses of some offers hold, by name.
///
/// # Errors
/// Database errors.
pub fn licensed(conn: &mut Connection, ids: &[OfferId]) -> Result<Vec<Licensed>> {
    let mut bases: HashMap<OfferId, Vec<(OfferId, String)>> = HashMap::new();
    let needs: Vec<BaseRow> = offer_prerequisites::table
        .inner_join(offer(offer_prerequisites::base_id))
        .filter(is_among(offer_prerequisites::add_on_id, ids))
        .order((offers::sort_name, offers::id))
        .select(BaseRow::as_select())
        .load(conn)?;
    for row in needs {
        bases.entry(row.add_on).or_default().push((row.id, row.name));
    }
    let rows: Vec<LicensedRow> = offers::table
        .filter(is_among(offers::id, ids))
        .order((offers::sort_name, offers::id))
        .select(LicensedRow::as_select())
        .load(conn)?;
    let licensed = |row: LicensedRow| Licensed {
        bases: bases.remove(&row.id).unwrap_or_default(),
        id: row.id,
        name: row.name,
        plans: listed(&row.service_plans),
        countries: listed(&row.countries),
    };
    Ok(rows.into_iter().map(licensed).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = offers)]
struct LicensedRow {
    id: OfferId,
    name: String,
    service_plans: String,
    countries: String,
}

/// What an add-on goes with.
#[derive(Queryable, Selectable)]
#[diesel(table_name = offers)]
struct BaseRow {
    #[diesel(select_expression = offer_prerequisites::add_on_id)]
    add_on: OfferId,
    id: OfferId,
    name: String,
}
