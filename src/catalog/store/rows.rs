//! Offers as their columns are, and whole ones put together from their tables.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use diesel::prelude::*;

use super::prices::{Timelines, timelines};
use crate::catalog::model::code::OfferCode;
use crate::catalog::model::definition::{Definition, Kept, Kind, Status};
use crate::catalog::model::window::Window;
use crate::catalog::model::{Category, LimitScope, Qualification, Unit, listed};
use crate::db::among::is_among;
use crate::db::schema::{offer_prerequisites, offer_upgrades, offers};
use crate::db::{Connection, EitherConnection};
use crate::error::Result;
use crate::values::country::Country;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// An offer as its columns are.
#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone)]
#[diesel(table_name = offers, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct OfferRow {
    pub id: OfferId,
    pub name: String,
    pub sort_name: String,
    pub description: String,
    pub category: Category,
    pub unit: Unit,
    pub minimum: i64,
    pub maximum: i64,
    pub limit_scope: LimitScope,
    pub limit_count: i32,
    pub is_trial: bool,
    pub is_add_on: bool,
    pub billed_monthly: bool,
    pub billed_annually: bool,
    pub term_months: i32,
    pub qualification: Qualification,
    pub countries: String,
    pub converts_to: Option<OfferId>,
    pub is_available: bool,
    pub code: OfferCode,
    pub version: i32,
    pub created_at: Moment,
    pub changed_at: Moment,
    pub changed_by_name: String,
    pub service_plans: String,
    pub publisher: String,
    pub reduction_days: Window,
    pub cancellation_days: Window,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = offer_prerequisites)]
pub struct PrerequisiteRow {
    pub add_on_id: OfferId,
    pub base_id: OfferId,
}

#[derive(Insertable)]
#[diesel(table_name = offer_upgrades)]
struct UpgradeRow {
    offer_id: OfferId,
    target_id: OfferId,
}

/// Many rows in one statement, which is written for each database.
macro_rules! insert_many {
    ($conn:expr, $table:ident, $rows:expr) => {
        match $conn.either() {
            EitherConnection::Sqlite(sqlite) => {
                diesel::insert_into($table::table).values($rows).execute(sqlite)?
            }
            EitherConnection::Postgres(postgres) => {
                diesel::insert_into($table::table).values($rows).execute(postgres)?
            }
        };
    };
}

impl OfferRow {
    /// The row of an offer of version 1; what it converts to is set when that is there.
    pub fn of(id: &OfferId, said: &Definition, by: &str, now: Moment) -> Self {
        Self {
            id: *id,
            name: said.name.clone(),
            sort_name: sort_name(&said.name),
            description: said.description.clone(),
            category: said.category,
            unit: said.unit,
            minimum: said.minimum,
            maximum: said.maximum,
            limit_scope: said.limit_scope,
            limit_count: said.limit_count,
            is_trial: said.kind == Kind::Trial,
            is_add_on: said.kind == Kind::AddOn,
            billed_monthly: said.billed_monthly,
            billed_annually: said.billed_annually,
            term_months: said.term_months,
            qualification: said.qualification,
            countries: said.countries.iter().map(|country| country.code()).collect::<Vec<_>>().join(";"),
            converts_to: None,
            is_available: said.is_available(),
            code: said.code.clone(),
            version: 1,
            created_at: now,
            changed_at: now,
            changed_by_name: by.to_owned(),
            service_plans: said.service_plans.join(";"),
            publisher: said.publisher.clone(),
            reduction_days: said.reduction,
            cancellation_days: said.cancellation,
        }
    }

    /// The whole offer, with the prices of a day.
    fn kept(self, of: &mut Belongings, today: NaiveDate) -> Kept {
        let kind = match (self.is_trial, self.is_add_on) {
            (true, _) => Kind::Trial,
            (_, true) => Kind::AddOn,
            _ => Kind::Base,
        };
        let timelines = of.timelines.remove(&self.id).unwrap_or_default();
        let prices = timelines.iter().filter_map(|(currency, one)| Some((*currency, one.on(today)?)));
        let definition = Definition {
            code: self.code,
            name: self.name,
            description: self.description,
            category: self.category,
            kind,
            unit: self.unit,
            minimum: self.minimum,
            maximum: self.maximum,
            limit_scope: self.limit_scope,
            limit_count: self.limit_count,
            prerequisites: of.prerequisites.remove(&self.id).unwrap_or_default(),
            converts_to: self.converts_to.and_then(|target| of.codes.get(&target).cloned()),
            upgrades_to: of.upgrades.remove(&self.id).unwrap_or_default(),
            billed_monthly: self.billed_monthly,
            billed_annually: self.billed_annually,
            term_months: self.term_months,
            reduction: self.reduction_days,
            cancellation: self.cancellation_days,
            qualification: self.qualification,
            publisher: self.publisher,
            countries: self.countries.split(';').filter_map(Country::from_text).collect(),
            service_plans: listed(&self.service_plans),
            status: if self.is_available { Status::Available } else { Status::Withdrawn },
            prices: prices.collect(),
            valid_from: None,
        };
        Kept {
            id: self.id,
            definition,
            timelines,
            version: self.version,
            created_at: self.created_at,
            changed_at: self.changed_at,
            changed_by: self.changed_by_name,
        }
    }
}

/// What other tables say of some offers.
#[derive(Default)]
struct Belongings {
    timelines: Timelines,
    prerequisites: HashMap<OfferId, BTreeSet<OfferCode>>,
    upgrades: HashMap<OfferId, BTreeSet<OfferCode>>,
    /// The IDs of what trials convert to.
    codes: HashMap<OfferId, OfferCode>,
}

/// Whole offers with the prices of a day, in the order of the rows.
///
/// # Errors
/// Database errors.
pub fn whole(conn: &mut Connection, rows: Vec<OfferRow>, today: NaiveDate) -> Result<Vec<Kept>> {
    let ids: Vec<&OfferId> = rows.iter().map(|row| &row.id).collect();
    let mut of = Belongings { timelines: timelines(conn, &ids)?, ..Belongings::default() };
    let needs: Vec<(OfferId, OfferCode)> = offer_prerequisites::table
        .inner_join(offers::table.on(offers::id.eq(offer_prerequisites::base_id)))
        .filter(is_among(offer_prerequisites::add_on_id, &ids))
        .select((offer_prerequisites::add_on_id, offers::code))
        .load(conn)?;
    for (add_on, base) in needs {
        of.prerequisites.entry(add_on).or_default().insert(base);
    }
    let upgrades: Vec<(OfferId, OfferCode)> = offer_upgrades::table
        .inner_join(offers::table.on(offers::id.eq(offer_upgrades::target_id)))
        .filter(is_among(offer_upgrades::offer_id, &ids))
        .select((offer_upgrades::offer_id, offers::code))
        .load(conn)?;
    for (offer, target) in upgrades {
        of.upgrades.entry(offer).or_default().insert(target);
    }
    let targets: Vec<&OfferId> = rows.iter().filter_map(|row| row.converts_to.as_ref()).collect();
    if !targets.is_empty() {
        let codes: Vec<(OfferId, OfferCode)> = offers::table
            .filter(is_among(offers::id, targets))
            .select((offers::id, offers::code))
            .load(conn)?;
        of.codes.extend(codes);
    }
    Ok(rows.into_iter().map(|row| row.kept(&mut of, today)).collect())
}

/// Adds an offer without what it refers to.
///
/// # Errors
/// Database errors.
pub fn insert(conn: &mut Connection, row: &OfferRow) -> Result<()> {
    diesel::insert_into(offers::table).values(row).execute(conn)?;
    Ok(())
}

/// Writes what an offer says of others, once they are there.
///
/// # Errors
/// Database errors.
pub fn set_belongings(conn: &mut Connection, id: &OfferId, said: &Definition) -> Result<()> {
    diesel::delete(offer_prerequisites::table.filter(offer_prerequisites::add_on_id.eq(id))).execute(conn)?;
    let named = said.prerequisites.iter().chain(&said.converts_to).chain(&said.upgrades_to);
    let ids = ids_of(conn, named)?;
    let base = |code: &OfferCode| ids.get(code).cloned();
    let bases = said.prerequisites.iter().filter_map(base);
    let bases: Vec<_> = bases.map(|base_id| PrerequisiteRow { add_on_id: *id, base_id }).collect();
    insert_many!(conn, offer_prerequisites, bases);
    diesel::delete(offer_upgrades::table.filter(offer_upgrades::offer_id.eq(id))).execute(conn)?;
    let targets = said.upgrades_to.iter().filter_map(base);
    let targets: Vec<_> = targets.map(|target_id| UpgradeRow { offer_id: *id, target_id }).collect();
    insert_many!(conn, offer_upgrades, targets);
    let target = said.converts_to.as_ref().and_then(base);
    diesel::update(offers::table.find(id)).set(offers::converts_to.eq(target)).execute(conn)?;
    Ok(())
}

fn ids_of<'a>(
    conn: &mut Connection,
    codes: impl Iterator<Item = &'a OfferCode>,
) -> Result<HashMap<OfferCode, OfferId>> {
    let codes: Vec<&OfferCode> = codes.collect();
    if codes.is_empty() {
        return Ok(HashMap::new());
    }
    let found: Vec<(OfferCode, OfferId)> =
        offers::table.filter(offers::code.eq_any(codes)).select((offers::code, offers::id)).load(conn)?;
    Ok(found.into_iter().collect())
}
