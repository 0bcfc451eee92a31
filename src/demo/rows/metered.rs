//! Customers with something that is billed by usage, as their area would have kept them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{CustomerRow, SubscriptionRow};
use crate::azure::model::spending::Standing;
use crate::catalog::model::Unit;
use crate::db::Connection;
use crate::db::schema::{azure_accounts, customers, people, subscriptions};
use crate::error::Result;
use crate::subscriptions::model::Status;
use crate::values::id::{CustomerId, OrganisationId, PersonId, SubscriptionId};

/// A subscription of which there can be usage.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = subscriptions)]
pub struct Metered {
    pub id: SubscriptionId,
    pub customer_id: CustomerId,
    pub starts_on: NaiveDate,
    pub nickname: String,
    pub mpn_id: String,
    pub mpn_reseller_id: Option<OrganisationId>,
}

/// What is kept of a customer's month.
pub struct Account {
    pub last_day: Option<NaiveDate>,
    pub spent_millionths: i64,
    pub budget_minor: Option<i64>,
    pub standing: Standing,
}

impl SubscriptionRow {
    /// All customers that have something that is billed by usage, in a month of which nothing is known yet.
    ///
    /// # Errors
    /// Database errors.
    pub fn open_azure_accounts(conn: &mut Connection, month: NaiveDate) -> Result<()> {
        diesel::sql_query(format!(
            "INSERT INTO azure_accounts (customer_id, provider_id, currency, month, spent_millionths, standing, version)
             SELECT customer_id, min(provider_id), min(currency), '{month}', 0, 'no_budget', 1
             FROM subscriptions WHERE unit = 'usage' GROUP BY customer_id"
        ))
        .execute(conn)?;
        Ok(())
    }

    /// Some of a provider's that run, the oldest first, one a customer.
    ///
    /// # Errors
    /// Database errors.
    pub fn metered(
        conn: &mut Connection,
        provider: &OrganisationId,
        (before, most): (NaiveDate, usize),
    ) -> Result<Vec<Metered>> {
        let all: Vec<Metered> = subscriptions::table
            .filter(subscriptions::provider_id.eq(provider))
            .filter(subscriptions::unit.eq(Unit::Usage))
            .filter(subscriptions::status.eq(Status::Active))
            .filter(subscriptions::starts_on.lt(before))
            .filter(
                subscriptions::customer_id
                    .eq_any(customers::table.filter(customers::ended_at.is_null()).select(customers::id)),
            )
            .order((subscriptions::created_at, subscriptions::id))
            .select(Metered::as_select())
            .load(conn)?;
        let mut some: Vec<Metered> = Vec::new();
        for one in all {
            if some.len() < most && some.iter().all(|known| known.customer_id != one.customer_id) {
                some.push(one);
            }
        }
        Ok(some)
    }

    /// What a customer has spent in the month, and its budget.
    ///
    /// # Errors
    /// Database errors.
    pub fn spend(conn: &mut Connection, customer: &CustomerId, account: &Account) -> Result<()> {
        diesel::update(azure_accounts::table.find(customer))
            .set((
                azure_accounts::last_day.eq(account.last_day),
                azure_accounts::spent_millionths.eq(account.spent_millionths),
                azure_accounts::budget_minor.eq(account.budget_minor),
                azure_accounts::standing.eq(account.standing),
            ))
            .execute(conn)?;
        Ok(())
    }
}

impl CustomerRow {
    /// The first of a customer's own people, with the name.
    ///
    /// # Errors
    /// Database errors.
    pub fn admin_of(conn: &mut Connection, id: &CustomerId) -> Result<Option<(PersonId, String)>> {
        let company: OrganisationId =
            customers::table.filter(customers::id.eq(id)).select(customers::tenant_id).first(conn)?;
        Ok(people::table
            .filter(people::organisation_id.eq(company))
            .order((people::created_at, people::id))
            .select((people::id, people::name))
            .first(conn)
            .optional()?)
    }

    /// # Errors
    /// When it is not there; database errors.
    pub fn name_of(conn: &mut Connection, id: &CustomerId) -> Result<String> {
        Ok(customers::table.filter(customers::id.eq(id)).select(customers::company_name).first(conn)?)
    }
}
