//! What a day and a month have cost, kept beside the rows of usage.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

use crate::azure::model::cost::Cost;
use crate::azure::model::spending::{month_after, month_of};
use crate::db::Connection;
use crate::db::schema::{usage_days, usage_months};
use crate::error::Result;
use crate::values::id::{CustomerId, SubscriptionId};

/// By how much the sums of days change, in the order in which they are written.
pub(super) type Shifts = BTreeMap<(CustomerId, SubscriptionId, NaiveDate, String), Cost>;
/// In which months of which customers something changed.
pub(super) type Touched = BTreeMap<CustomerId, Vec<NaiveDate>>;

/// What a service cost on a day.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = usage_days)]
pub(super) struct DayRow {
    pub day: NaiveDate,
    pub service: String,
    pub cost_millionths: i64,
}

/// What a month cost.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = usage_months)]
pub(super) struct MonthRow {
    pub month: NaiveDate,
    pub last_day: NaiveDate,
    pub cost_millionths: i64,
}

/// Changes the sums of days, and those of months after them. Answers which months these are.
///
/// # Errors
/// Database errors.
pub(super) fn shift(conn: &mut Connection, shifts: Shifts) -> Result<Touched> {
    let mut months: BTreeMap<(CustomerId, NaiveDate), (Cost, NaiveDate)> = BTreeMap::new();
    for ((customer, subscription, day, service), more) in shifts {
        shift_day(conn, (&customer, &subscription), (day, &service), more)?;
        let (sum, last_day) = months.entry((customer, month_of(day))).or_insert((Cost::default(), day));
        (*sum, *last_day) = (sum.plus(more), day.max(*last_day));
    }
    let mut touched = Touched::new();
    for ((customer, month), (more, last_day)) in months {
        shift_month(conn, (&customer, month), more, last_day)?;
        touched.entry(customer).or_default().push(month);
    }
    Ok(touched)
}

fn shift_day(
    conn: &mut Connection,
    (customer, subscription): (&CustomerId, &SubscriptionId),
    (day, service): (NaiveDate, &str),
    more: Cost,
) -> Result<()> {
    let of = usage_days::table.find((subscription, day, service));
    let known: Option<i64> = of.select(usage_days::cost_millionths).first(conn).optional()?;
    let Some(known) = known else {
        diesel::insert_into(usage_days::table)
            .values((
                usage_days::subscription_id.eq(subscription),
                usage_days::day.eq(day),
                usage_days::service.eq(service),
                usage_days::customer_id.eq(customer),
                usage_days::cost_millionths.eq(more.millionths()),
            ))
            .execute(conn)?;
        return Ok(());
    };
    let sum = Cost::of(known).plus(more).millionths();
    diesel::update(of).set(usage_days::cost_millionths.eq(sum)).execute(conn)?;
    Ok(())
}

fn shift_month(
    conn: &mut Connection,
    (customer, month): (&CustomerId, NaiveDate),
    more: Cost,
    last_day: NaiveDate,
) -> Result<()> {
    let of = usage_months::table.find((customer, month));
    let known: Option<MonthRow> = of.select(MonthRow::as_select()).first(conn).optional()?;
    let Some(known) = known else {
        diesel::insert_into(usage_months::table)
            .values((
                usage_months::customer_id.eq(customer),
                usage_months::month.eq(month),
                usage_months::last_day.eq(last_day),
                usage_months::cost_millionths.eq(more.millionths()),
            ))
            .execute(conn)?;
        return Ok(());
    };
    let sum = Cost::of(known.cost_millionths).plus(more).millionths();
    diesel::update(of)
        .set((usage_months::cost_millionths.eq(sum), usage_months::last_day.eq(last_day.max(known.last_day))))
        .execute(conn)?;
    Ok(())
}

/// What a customer has spent in a month, and up to which day that is known.
///
/// # Errors
/// Database errors.
pub(super) fn of_month(
    conn: &mut Connection,
    customer: &CustomerId,
    month: NaiveDate,
) -> Result<(Cost, Option<NaiveDate>)> {
    let of = usage_months::table.find((customer, month));
    let row: Option<MonthRow> = of.select(MonthRow::as_select()).first(conn).optional()?;
    Ok(row.map_or_else(Default::default, |row| (Cost::of(row.cost_millionths), Some(row.last_day))))
}

/// The latest months of a customer of which something is known.
///
/// # Errors
/// Database errors.
pub(super) fn months_of(conn: &mut Connection, customer: &CustomerId, most: i64) -> Result<Vec<MonthRow>> {
    let of = usage_months::table.filter(usage_months::customer_id.eq(customer));
    Ok(of.order(usage_months::month.desc()).limit(most).select(MonthRow::as_select()).load(conn)?)
}

/// What each service of a customer cost on each day of a month.
///
/// # Errors
/// Database errors.
pub(super) fn days_of(conn: &mut Connection, customer: &CustomerId, month: NaiveDate) -> Result<Vec<DayRow>> {
    Ok(usage_days::table
        .filter(usage_days::customer_id.eq(customer))
        .filter(usage_days::day.ge(month))
        .filter(usage_days::day.lt(month_after(month)))
        .select(DayRow::as_select())
        .load(conn)?)
}

/// Whether anything is known of a customer.
///
/// # Errors
/// Database errors.
pub(super) fn has_any(conn: &mut Connection, customer: &CustomerId) -> Result<bool> {
    let of = usage_months::table.filter(usage_months::customer_id.eq(customer));
    Ok(diesel::select(exists(of)).get_result(conn)?)
}

/// Whether anything is known of one of these subscriptions.
///
/// # Errors
/// Database errors.
pub fn has_any_of(conn: &mut Connection, subscriptions: &[SubscriptionId]) -> Result<bool> {
    let of = usage_days::table.filter(usage_days::subscription_id.eq_any(subscriptions));
    Ok(diesel::select(exists(of)).get_result(conn)?)
}
