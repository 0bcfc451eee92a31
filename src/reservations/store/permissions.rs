//! Which customers may buy reservations by themselves, and up to how much in a month.

use chrono::{Datelike as _, NaiveDate};
use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::{AllowCustomerPurchases, WithdrawCustomerPurchases};
use crate::activity::{self, Action, Change, Entry};
use crate::customers;
use crate::customers::facts::demand_lasting;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::{customer_purchases, reservations};
use crate::error::Result;
use crate::reservations::model::counter::Allowance;
use crate::values::currency::Currency;
use crate::values::id::CustomerId;
use crate::values::moment::{Moment, months_after};
use crate::values::money::Money;

/// That a customer may, since when and by whom.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = customer_purchases)]
struct Row {
    customer_id: CustomerId,
    limit_minor: i64,
    currency: Currency,
    allowed_at: Moment,
    allowed_by_name: String,
}

/// That a customer may buy by itself.
#[derive(Clone, Debug)]
pub struct Permission {
    pub allowance: Allowance,
    pub allowed_at: Moment,
    pub allowed_by: String,
}

/// How a change ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    Done,
    Same,
    /// Another limit holds than the one that was read.
    Stale,
}

/// The limit that holds, as forms carry it; empty where there is none.
pub fn seen(permission: Option<&Permission>) -> String {
    permission.map(|permission| permission.allowance.limit.decimal().to_string()).unwrap_or_default()
}

/// What a customer may, which the caller has found within reach; none where it may not.
///
/// # Errors
/// Database errors.
pub fn of(conn: &mut Connection, customer: &CustomerId, now: Moment) -> Result<Option<Permission>> {
    let row: Option<Row> =
        customer_purchases::table.find(customer).select(Row::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let limit = Money::new(row.limit_minor, row.currency);
    let spent = Money::new(spent_in_month(conn, &row, now.day())?, row.currency);
    let allowance = Allowance { limit, spent };
    Ok(Some(Permission { allowance, allowed_at: row.allowed_at, allowed_by: row.allowed_by_name }))
}

/// What was bought by the customer in the month of a day, each for its whole term.
fn spent_in_month(conn: &mut Connection, row: &Row, today: NaiveDate) -> Result<i64> {
    let first = today.with_day(1).unwrap_or(today);
    let totals: Vec<i64> = reservations::table
        .filter(reservations::customer_id.eq(&row.customer_id))
        .filter(reservations::is_by_customer)
        .filter(reservations::currency.eq(row.currency))
        .filter(reservations::bought_at.ge(Moment::start_of(first)))
        .filter(reservations::bought_at.lt(Moment::start_of(months_after(first, 1))))
        .select(reservations::total_minor)
        .load(conn)?;
    Ok(totals.into_iter().fold(0, i64::saturating_add))
}

/// Lets a customer buy up to a limit, or changes that limit, if it is the one that was [`seen`].
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond reach; [`crate::error::Error::Ended`]; database errors.
pub fn allow(
    conn: &mut Connection,
    by: &Allowed<AllowCustomerPurchases>,
    (id, limit): (&CustomerId, Money),
    seen: &str,
    now: Moment,
) -> Result<Changed> {
    let customer = customers::store::find(conn, &by.reach(), id)?;
    demand_lasting(conn, id)?;
    let before = of(conn, id, now)?;
    if before.as_ref().is_some_and(|before| before.allowance.limit == limit) {
        return Ok(Changed::Same);
    }
    if self::seen(before.as_ref()) != seen {
        return Ok(Changed::Stale);
    }
    diesel::delete(customer_purchases::table.find(id)).execute(conn)?;
    let row = Row {
        customer_id: *id,
        limit_minor: limit.minor,
        currency: limit.currency,
        allowed_at: now,
        allowed_by_name: by.name.clone(),
    };
    diesel::insert_into(customer_purchases::table).values(row).execute(conn)?;
    let old = before.map(|before| before.allowance.limit.to_string()).unwrap_or_default();
    let change = Change::new("monthly_limit", old, limit);
    activity::store::record(conn, by, &entry(Action::AllowCustomerPurchases, &customer).with([change]), now)?;
    Ok(Changed::Done)
}

/// Takes it back. Answers whether anything changed.
///
/// # Errors
/// [`crate::error::Error::NotFound`] beyond reach; database errors.
pub fn withdraw(
    conn: &mut Connection,
    by: &Allowed<WithdrawCustomerPurchases>,
    id: &CustomerId,
    now: Moment,
) -> Result<bool> {
    let customer = customers::store::find(conn, &by.reach(), id)?;
    let Some(before) = of(conn, id, now)? else { return Ok(false) };
    diesel::delete(customer_purchases::table.find(id)).execute(conn)?;
    let change = Change::new("monthly_limit", before.allowance.limit, "");
    let entry = entry(Action::WithdrawCustomerPurchases, &customer).with([change]);
    activity::store::record(conn, by, &entry, now)?;
    Ok(true)
}

fn entry(action: Action, customer: &Customer) -> Entry {
    let name = &customer.account.company_name;
    Entry::new(action, "customer", customer.id, name).for_customer(&customer.id, name)
}
