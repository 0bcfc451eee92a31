//! Bringing a file of usage in, all good rows in one transaction.

use std::collections::HashMap;

use diesel::prelude::*;

use super::sums::{self, Shifts};
use super::{accounts, alerts};
use crate::access::Allowed;
use crate::access::permission::UploadUsage;
use crate::azure::model::column::{Column, Sheet};
use crate::azure::model::cost::Cost;
use crate::azure::model::plan::{Plan, Read, Verdict};
use crate::azure::model::reading::{Market, domain_of};
use crate::azure::model::spending::{month_before, month_of};
use crate::azure::model::usage::{Booking, Key, Usage};
use crate::customers::facts::of_domains;
use crate::db::schema::usage_rows;
use crate::db::{Connection, EitherConnection};
use crate::error::Result;
use crate::subscriptions::facts::{metered_among, metered_called, metered_of};
use crate::values::id::{CustomerId, EntitlementId, OrganisationId, SubscriptionId};
use crate::values::moment::Moment;

/// So many rows go into one statement.
const CHUNK: usize = 1_000;

/// A row of usage as it is kept.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = usage_rows)]
struct UsageRow {
    subscription_id: SubscriptionId,
    day: chrono::NaiveDate,
    meter: String,
    service: String,
    used: String,
    unit: String,
    cost_millionths: i64,
}

impl UsageRow {
    fn of(booking: &Booking) -> Self {
        let usage = booking.usage.clone();
        Self {
            subscription_id: booking.subscription,
            day: usage.day,
            meter: usage.meter,
            service: usage.service,
            used: usage.used,
            unit: usage.unit,
            cost_millionths: usage.cost.millionths(),
        }
    }

    fn keyed(self) -> (Key, Usage) {
        let key = (self.subscription_id, self.day, self.meter.clone());
        let Self { day, meter, service, used, unit, cost_millionths, .. } = self;
        (key, Usage { day, service, meter, used, unit, cost: Cost::of(cost_millionths) })
    }
}

/// What a file would do now.
///
/// # Errors
/// Database errors.
pub fn plan(conn: &mut Connection, by: &Allowed<UploadUsage>, sheet: &Sheet, now: Moment) -> Result<Plan> {
    let own = &by.organisation;
    let mut known =
        metered_among(conn, &own.id, &ids_in(sheet, Column::Subscription, SubscriptionId::parse))?;
    let called = ids_in(sheet, Column::Entitlement, EntitlementId::parse);
    known.extend(metered_called(conn, &own.id, &called)?);
    let customers = customers_in(conn, &own.id, sheet)?;
    known.extend(metered_of(conn, &own.id, &customers)?);
    known.sort_by_key(|one| one.id);
    known.dedup_by_key(|one| one.id);
    let market = Market::of(known, own.currency, now.day());
    let read = Read::of(sheet, &market);
    let mut rows = HashMap::new();
    for (subscription, days) in read.days() {
        let kept: Vec<UsageRow> = usage_rows::table
            .filter(usage_rows::subscription_id.eq(subscription))
            .filter(usage_rows::day.eq_any(days))
            .select(UsageRow::as_select())
            .load(conn)?;
        rows.extend(kept.into_iter().map(UsageRow::keyed));
    }
    Ok(Plan::of(sheet, read, &market, rows))
}

/// The ids in a column, each once.
fn ids_in<Id: Ord>(sheet: &Sheet, column: Column, parse: fn(&str) -> Option<Id>) -> Vec<Id> {
    let mut ids: Vec<Id> = sheet.rows().filter_map(|row| parse(row.get(column))).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn customers_in(conn: &mut Connection, provider: &OrganisationId, sheet: &Sheet) -> Result<Vec<CustomerId>> {
    let mut domains: Vec<String> = sheet.rows().map(|row| domain_of(&row)).collect();
    domains.sort_unstable();
    domains.dedup();
    let domains: Vec<&str> = domains.iter().map(String::as_str).filter(|domain| !domain.is_empty()).collect();
    let found = of_domains(conn, &domains)?.into_iter();
    Ok(found.filter(|one| one.provider == *provider).map(|one| one.id).collect())
}

/// Does what a plan says that was made in the same transaction: rows, their sums, and who is told of budgets.
///
/// # Errors
/// Database errors.
pub(super) fn carry_out(conn: &mut Connection, plan: &Plan, now: Moment) -> Result<()> {
    let (mut new, mut shifts) = (Vec::new(), Shifts::new());
    for row in &plan.rows {
        match &row.verdict {
            Verdict::New(booking) => {
                new.push(UsageRow::of(booking));
                shift(&mut shifts, booking, &booking.usage.service, booking.usage.cost);
            }
            Verdict::Changed(booking, old) => {
                replace(conn, booking)?;
                shift(&mut shifts, booking, &old.service, Cost::default().minus(old.cost));
                shift(&mut shifts, booking, &booking.usage.service, booking.usage.cost);
            }
            Verdict::Same | Verdict::Refused(_) => {}
        }
    }
    insert(conn, &new)?;
    let this = month_of(now.day());
    for (customer, months) in sums::shift(conn, shifts)? {
        accounts::refresh(conn, &customer, this)?;
        // Older months are no news to anybody.
        for month in months.into_iter().filter(|month| *month >= month_before(this)) {
            alerts::look(conn, &customer, month, now)?;
        }
    }
    Ok(())
}

fn shift(shifts: &mut Shifts, booking: &Booking, service: &str, more: Cost) {
    let key = (booking.customer, booking.subscription, booking.usage.day, service.to_owned());
    let sum = shifts.entry(key).or_default();
    *sum = sum.plus(more);
}

fn replace(conn: &mut Connection, booking: &Booking) -> Result<()> {
    let usage = &booking.usage;
    diesel::update(usage_rows::table.find((booking.subscription, usage.day, &usage.meter)))
        .set((
            usage_rows::service.eq(&usage.service),
            usage_rows::used.eq(&usage.used),
            usage_rows::unit.eq(&usage.unit),
            usage_rows::cost_millionths.eq(usage.cost.millionths()),
        ))
        .execute(conn)?;
    Ok(())
}

/// Many rows a statement, as both databases take them.
fn insert(conn: &mut Connection, rows: &[UsageRow]) -> Result<()> {
    for part in rows.chunks(CHUNK) {
        match conn.either() {
            EitherConnection::Sqlite(sqlite) => {
                diesel::insert_into(usage_rows::table).values(part).execute(sqlite)?
            }
            EitherConnection::Postgres(postgres) => {
                diesel::insert_into(usage_rows::table).values(part).execute(postgres)?
            }
        };
    }
    Ok(())
}
