//! What offers cost, from which day to which.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use super::keeping::{Author, entry, find, logged};
use crate::access::Allowed;
use crate::access::permission::ManageCatalog;
use crate::activity::Action;
use crate::catalog::model::pricing::PriceChange;
use crate::catalog::model::timeline::{Asked, Period, Retail, Timeline};
use crate::catalog::model::{Billing, Price};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{offer_prices, offers};
use crate::error::{Error, Result};
use crate::values::currency::Currency;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::values::money::Money;

diesel::alias!(offer_prices as later_prices: LaterPrices);

/// A price as its columns are.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = offer_prices, treat_none_as_default_value = false)]
struct PriceRow {
    offer_id: OfferId,
    currency: Currency,
    valid_from: NaiveDate,
    monthly_minor: i64,
    annual_minor: i64,
    retail_monthly_minor: Option<i64>,
    retail_annual_minor: Option<i64>,
    is_sold: bool,
}

/// The prices of some offers, by currency.
pub type Timelines = HashMap<OfferId, BTreeMap<Currency, Timeline>>;

/// What some offers cost, cost before and will cost.
///
/// # Errors
/// Database errors.
pub(super) fn timelines(conn: &mut Connection, ids: &[&OfferId]) -> Result<Timelines> {
    let rows: Vec<PriceRow> = offer_prices::table
        .filter(is_among(offer_prices::offer_id, ids))
        .select(PriceRow::as_select())
        .load(conn)?;
    let mut timelines = Timelines::new();
    for row in rows {
        let of_offer = timelines.entry(row.offer_id).or_default();
        of_offer.entry(row.currency).or_default().put(row.valid_from, row.asked());
    }
    Ok(timelines)
}

/// What one offer costs in one currency.
///
/// # Errors
/// Database errors.
pub fn timeline(conn: &mut Connection, offer: &OfferId, currency: Currency) -> Result<Timeline> {
    let rows: Vec<PriceRow> = offer_prices::table
        .filter(offer_prices::offer_id.eq(offer))
        .filter(offer_prices::currency.eq(currency))
        .select(PriceRow::as_select())
        .load(conn)?;
    let mut timeline = Timeline::default();
    rows.into_iter().for_each(|row| timeline.put(row.valid_from, row.asked()));
    Ok(timeline)
}

/// What is asked on a day for the offers that are sold in a currency.
///
/// # Errors
/// Database errors.
pub fn asked_on(
    conn: &mut Connection,
    currency: Currency,
    day: NaiveDate,
) -> Result<HashMap<OfferId, Asked>> {
    let later = later_prices
        .filter(later_prices.field(offer_prices::offer_id).eq(offer_prices::offer_id))
        .filter(later_prices.field(offer_prices::currency).eq(offer_prices::currency))
        .filter(later_prices.field(offer_prices::valid_from).gt(offer_prices::valid_from))
        .filter(later_prices.field(offer_prices::valid_from).le(day));
    let rows: Vec<PriceRow> = offer_prices::table
        .filter(offer_prices::currency.eq(currency))
        .filter(offer_prices::valid_from.le(day))
        .filter(offer_prices::is_sold)
        .filter(not(exists(later)))
        .select(PriceRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|row| Some((row.offer_id, row.asked()?))).collect())
}

/// What an offer costs in one currency, day by day.
pub struct PriceList {
    billings: Vec<Billing>,
    timeline: Timeline,
}

/// The price list of an offer in a currency.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn price_list(conn: &mut Connection, id: &OfferId, currency: Currency) -> Result<PriceList> {
    let billings = super::find(conn, id)?.billings();
    Ok(PriceList { billings, timeline: timeline(conn, id, currency)? })
}

impl PriceList {
    /// One unit for one billing period as asked on a day; nothing where it is not sold then, or not billed like that.
    pub fn on(&self, day: NaiveDate, billing: Billing) -> Option<Money> {
        let asked = self.timeline.on(day).filter(|_| self.billings.contains(&billing))?;
        Some(asked.list.per_period(billing))
    }
}

/// Writes what is asked from some days on.
///
/// # Errors
/// Database errors.
pub(super) fn write(conn: &mut Connection, id: &OfferId, changes: &[PriceChange]) -> Result<()> {
    for change in changes {
        diesel::delete(offer_prices::table.find((id, change.currency, change.valid_from))).execute(conn)?;
        let row = PriceRow::of(id, change);
        diesel::insert_into(offer_prices::table).values(&row).execute(conn)?;
    }
    Ok(())
}

/// A price that is announced and does not hold yet.
///
/// # Errors
/// [`Error::NotFound`] where none begins that day, or it has come; database errors.
pub fn announced(
    conn: &mut Connection,
    id: &OfferId,
    (currency, from): (Currency, NaiveDate),
    today: NaiveDate,
) -> Result<Period> {
    let timeline = timeline(conn, id, currency)?;
    timeline.announced(today).find(|period| period.from == from).ok_or(Error::NotFound)
}

/// Takes an announced price back, as long as its day has not come. Answers the name of the offer, and whether it was
/// still there.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn withdraw(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    id: &OfferId,
    (currency, from): (Currency, NaiveDate),
    now: Moment,
) -> Result<(String, bool)> {
    let kept = find(conn, id, now.day())?;
    let own = kept.timelines.get(&currency).cloned().unwrap_or_default();
    let Some(period) = own.announced(now.day()).find(|period| period.from == from) else {
        return Ok((kept.definition.name, false));
    };
    diesel::delete(offer_prices::table.find((id, currency, from))).execute(conn)?;
    diesel::update(offers::table.find(id))
        .set((
            offers::version.eq(offers::version + 1),
            offers::changed_at.eq(now),
            offers::changed_by_name.eq(&by.name),
        ))
        .execute(conn)?;
    let before = from.pred_opt().and_then(|day| own.on(day));
    let change = PriceChange { currency, valid_from: from, before: period.asked, now: before };
    let differences = kept.told(&kept.definition, &[change]);
    let entry = entry(Action::WithdrawPrice, id, &kept.definition).with(logged(&differences));
    Author::of(by).record(conn, &entry, now)?;
    Ok((kept.definition.name, true))
}

impl PriceRow {
    /// What is no longer sold has no amounts that count.
    fn of(id: &OfferId, change: &PriceChange) -> Self {
        let minor = |money: Option<Money>| money.map(|money| money.minor);
        let list = change.now.map(|asked| asked.list);
        let retail = change.now.map(|asked| asked.retail).unwrap_or_default();
        Self {
            offer_id: *id,
            currency: change.currency,
            valid_from: change.valid_from,
            monthly_minor: list.map_or(0, |list| list.monthly.minor),
            annual_minor: list.map_or(0, |list| list.annual.minor),
            retail_monthly_minor: minor(retail.monthly),
            retail_annual_minor: minor(retail.annual),
            is_sold: change.now.is_some(),
        }
    }

    fn asked(&self) -> Option<Asked> {
        let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, self.currency));
        let list = Price::new(self.monthly_minor, self.annual_minor, self.currency);
        let retail =
            Retail { monthly: money(self.retail_monthly_minor), annual: money(self.retail_annual_minor) };
        self.is_sold.then_some(Asked { list, retail })
    }
}
