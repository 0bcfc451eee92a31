//! A customer's months: what each cost, and one of them by day and service.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{accounts, alerts, sums};
use crate::access::Allowed;
use crate::access::permission::SeeAzureSpending;
use crate::azure::model::budget::Account;
use crate::azure::model::cost::Cost;
use crate::azure::model::spending::{Spending, Standing, month_of};
use crate::customers;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::error::Result;
use crate::subscriptions::facts::{Metered, metered_of};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// So many months are shown.
const MONTHS: i64 = 36;

/// What there is to say of a month.
#[derive(Clone, Debug)]
pub struct Month {
    pub spending: Spending,
    pub by_day: Vec<(NaiveDate, Cost)>,
    /// The most first.
    pub by_service: Vec<(String, Cost)>,
    /// What was told of its budget, and when.
    pub told: Vec<(Standing, Moment)>,
}

/// A customer with its months.
#[derive(Clone, Debug)]
pub struct Spender {
    pub customer: Customer,
    /// None where nothing of it is billed by usage, nor was.
    pub account: Option<Account>,
    /// What is billed by usage, the oldest first, ended ones as well.
    pub metered: Vec<Metered>,
    pub month: Month,
    /// Those of which something is known, the latest first.
    pub months: Vec<Spending>,
}

/// A customer within reach, with one of its months.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is beyond; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Allowed<SeeAzureSpending>,
    (id, month): (&CustomerId, NaiveDate),
    now: Moment,
) -> Result<Spender> {
    let customer = customers::store::find(conn, &by.reach(), id)?;
    let account = accounts::of_customer(conn, id, month_of(now.day()))?;
    let currency = account.as_ref().map_or(by.organisation.currency, |account| account.spending.currency);
    let budget = account.as_ref().and_then(|account| account.spending.budget);
    let months = sums::months_of(conn, id, MONTHS)?.into_iter();
    let months = months.map(|row| {
        let (spent, last_day) = (Cost::of(row.cost_millionths), Some(row.last_day));
        Spending { month: row.month, spent, last_day, currency, budget }
    });
    let (spent, last_day) = sums::of_month(conn, id, month)?;
    let spending = Spending { month, spent, last_day, currency, budget };
    let metered = metered_of(conn, &customer.provider, &[customer.id])?;
    Ok(Spender { month: of(conn, id, spending)?, customer, account, metered, months: months.collect() })
}

fn of(conn: &mut Connection, id: &CustomerId, spending: Spending) -> Result<Month> {
    let (mut days, mut services) = (BTreeMap::new(), BTreeMap::new());
    for row in sums::days_of(conn, id, spending.month)? {
        let cost = Cost::of(row.cost_millionths);
        let day: &mut Cost = days.entry(row.day).or_default();
        *day = day.plus(cost);
        let service: &mut Cost = services.entry(row.service).or_default();
        *service = service.plus(cost);
    }
    let mut by_service: Vec<(String, Cost)> = services.into_iter().collect();
    by_service.sort_by(|(_, one), (_, other)| other.cmp(one));
    let told = alerts::of_month(conn, id, spending.month)?;
    let told = told.into_iter().map(|reached| (reached.standing, reached.reached_at)).collect();
    Ok(Month { spending, by_day: days.into_iter().collect(), by_service, told })
}
