//! Customers with something that is billed by usage.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::{alerts, sums};
use crate::azure::model::budget::Account;
use crate::azure::model::cost::Cost;
use crate::azure::model::spending::{Spending, Standing, month_of};
use crate::customers::facts::{Named, customer};
use crate::db::Connection;
use crate::db::schema::azure_accounts;
use crate::error::Result;
use crate::subscriptions::facts::{by_usage, metered_customer};
use crate::values::currency::Currency;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::money::Money;

/// So many begin a month in one step.
const STEP: i64 = 200;

/// What is kept of one.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = azure_accounts)]
pub(super) struct Row {
    currency: Currency,
    month: NaiveDate,
    last_day: Option<NaiveDate>,
    spent_millionths: i64,
    budget_minor: Option<i64>,
    version: i32,
}

/// One with its customer.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = azure_accounts)]
pub(super) struct NamedRow {
    #[diesel(embed)]
    row: Row,
    #[diesel(embed)]
    customer: Named,
}

impl Row {
    /// What was spent in a month: nothing yet, where the portal has not come to it.
    fn spending(&self, month: NaiveDate) -> Spending {
        let is_it = self.month == month;
        Spending {
            month,
            spent: if is_it { Cost::of(self.spent_millionths) } else { Cost::default() },
            last_day: self.last_day.filter(|_| is_it),
            currency: self.currency,
            budget: self.budget_minor.map(|minor| Money::new(minor, self.currency)),
        }
    }
}

impl NamedRow {
    pub(super) fn account(self, month: NaiveDate) -> Account {
        Account { spending: self.row.spending(month), version: self.row.version, customer: self.customer }
    }
}

/// From now on a customer has something that is billed by usage. It may have had so before.
///
/// # Errors
/// Database errors.
pub fn open(
    conn: &mut Connection,
    (customer, provider): (&CustomerId, &OrganisationId),
    currency: Currency,
    today: NaiveDate,
) -> Result<()> {
    let known: i64 =
        azure_accounts::table.filter(azure_accounts::customer_id.eq(customer)).count().get_result(conn)?;
    if known == 0 {
        diesel::insert_into(azure_accounts::table)
            .values((
                azure_accounts::customer_id.eq(customer),
                azure_accounts::provider_id.eq(provider),
                azure_accounts::currency.eq(currency),
                azure_accounts::month.eq(month_of(today)),
                azure_accounts::spent_millionths.eq(0_i64),
                azure_accounts::standing.eq(Standing::NoBudget),
                azure_accounts::version.eq(1),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Forgets that a customer had something that is billed by usage, where it has nothing any more. Answers `false`, and forgets
/// nothing, where somebody has set a budget or uploaded usage meanwhile.
///
/// # Errors
/// Database errors.
pub fn forget_unused(conn: &mut Connection, customer: &CustomerId) -> Result<bool> {
    let has_some = by_usage().filter(metered_customer.eq(customer));
    let of = azure_accounts::table.filter(azure_accounts::customer_id.eq(customer));
    let Some(row) = of.select(Row::as_select()).first(conn).optional()? else { return Ok(true) };
    if diesel::select(exists(has_some)).get_result::<bool>(conn)? {
        return Ok(true);
    }
    if row.budget_minor.is_some() || alerts::has_any(conn, customer)? || sums::has_any(conn, customer)? {
        return Ok(false);
    }
    diesel::delete(azure_accounts::table.find(customer)).execute(conn)?;
    Ok(true)
}

/// Some of a provider's, the ticked ones, by name.
///
/// # Errors
/// Database errors.
pub(super) fn among(
    conn: &mut Connection,
    provider: &OrganisationId,
    (ids, month): (&[CustomerId], NaiveDate),
) -> Result<Vec<Account>> {
    let rows: Vec<NamedRow> = azure_accounts::table
        .inner_join(customer(azure_accounts::customer_id))
        .filter(azure_accounts::provider_id.eq(provider))
        .filter(azure_accounts::customer_id.eq_any(ids))
        .select(NamedRow::as_select())
        .load(conn)?;
    let mut accounts: Vec<Account> = rows.into_iter().map(|row| row.account(month)).collect();
    accounts.sort_by_cached_key(|account| crate::values::name::sort_name(&account.customer.company_name));
    Ok(accounts)
}

/// That of a customer, which the caller has found within reach; none where nothing of it is billed by usage.
///
/// # Errors
/// Database errors.
pub(super) fn of_customer(
    conn: &mut Connection,
    id: &CustomerId,
    month: NaiveDate,
) -> Result<Option<Account>> {
    let row: Option<NamedRow> = azure_accounts::table
        .inner_join(customer(azure_accounts::customer_id))
        .filter(azure_accounts::customer_id.eq(id))
        .select(NamedRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(|row| row.account(month)))
}

/// Whose customer it is.
///
/// # Errors
/// Database errors.
pub(super) fn provider_of(conn: &mut Connection, customer: &CustomerId) -> Result<OrganisationId> {
    Ok(azure_accounts::table.find(customer).select(azure_accounts::provider_id).first(conn)?)
}

/// Takes over what has been spent in the month, and how that stands beside the budget.
///
/// # Errors
/// Database errors.
pub(super) fn refresh(conn: &mut Connection, customer: &CustomerId, month: NaiveDate) -> Result<()> {
    let (spent, last_day) = sums::of_month(conn, customer, month)?;
    let row: Row = azure_accounts::table.find(customer).select(Row::as_select()).first(conn)?;
    let spending = Spending { month, spent, last_day, ..row.spending(month) };
    diesel::update(azure_accounts::table.find(customer))
        .set((
            azure_accounts::month.eq(month),
            azure_accounts::last_day.eq(last_day),
            azure_accounts::spent_millionths.eq(spent.millionths()),
            azure_accounts::standing.eq(spending.standing()),
        ))
        .execute(conn)?;
    Ok(())
}

/// Sets or removes the budget, as long as nobody else did since this version. Answers whether it met the row.
///
/// # Errors
/// Database errors.
pub(super) fn set_budget(
    conn: &mut Connection,
    (customer, version): (&CustomerId, i32),
    budget: Option<Money>,
) -> Result<bool> {
    let of = azure_accounts::table.find(customer).filter(azure_accounts::version.eq(version));
    let met = diesel::update(of)
        .set((
            azure_accounts::budget_minor.eq(budget.map(|budget| budget.minor)),
            azure_accounts::version.eq(azure_accounts::version + 1),
        ))
        .execute(conn)?;
    Ok(met == 1)
}

/// Begins the month for some of those that are still in an earlier one; answers how many there were.
///
/// # Errors
/// Database errors.
pub fn begin_month(conn: &mut Connection, now: Moment) -> Result<usize> {
    let month = month_of(now.day());
    let behind: Vec<CustomerId> = azure_accounts::table
        .filter(azure_accounts::month.lt(month))
        .select(azure_accounts::customer_id)
        .limit(STEP)
        .load(conn)?;
    for customer in &behind {
        refresh(conn, customer, month)?;
    }
    Ok(behind.len())
}
