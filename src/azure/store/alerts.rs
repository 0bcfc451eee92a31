//! Telling that a budget is nearly used, and that it is exceeded: once each a month, whatever is uploaded or set later.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::{accounts, sums};
use crate::activity::{self, Action, Author, Change, Entry};
use crate::azure::model::budget::Account;
use crate::azure::model::spending::{Spending, Standing};
use crate::customers::facts::resellers_of;
use crate::db::Connection;
use crate::db::schema::azure_alerts;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::partners::facts::name_of;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// What was told of a month.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = azure_alerts)]
pub(super) struct Reached {
    pub standing: Standing,
    pub reached_at: Moment,
}

/// Looks how the spending of a month stands beside the budget, and tells what was not told of it before.
///
/// # Errors
/// Database errors.
pub(super) fn look(
    conn: &mut Connection,
    customer: &CustomerId,
    month: NaiveDate,
    now: Moment,
) -> Result<()> {
    let Some(account) = accounts::of_customer(conn, customer, month)? else { return Ok(()) };
    let (spent, last_day) = sums::of_month(conn, customer, month)?;
    let spending = Spending { month, spent, last_day, ..account.spending };
    let reached = spending.standing();
    let known = of_month(conn, customer, month)?;
    let is_news = |told: &Standing| known.iter().all(|reached| reached.standing != *told);
    let news: Vec<Standing> = reached.told().iter().copied().filter(is_news).collect();
    for standing in &news {
        keep(conn, (customer, month), *standing, now)?;
    }
    if news.contains(&reached) { tell(conn, &account, &spending, now) } else { Ok(()) }
}

/// What was told of a month of a customer.
///
/// # Errors
/// Database errors.
pub(super) fn of_month(
    conn: &mut Connection,
    customer: &CustomerId,
    month: NaiveDate,
) -> Result<Vec<Reached>> {
    Ok(azure_alerts::table
        .filter(azure_alerts::customer_id.eq(customer))
        .filter(azure_alerts::month.eq(month))
        .order((azure_alerts::reached_at, azure_alerts::standing.desc()))
        .select(Reached::as_select())
        .load(conn)?)
}

/// Whether anything was ever told of a customer.
///
/// # Errors
/// Database errors.
pub(super) fn has_any(conn: &mut Connection, customer: &CustomerId) -> Result<bool> {
    let of = azure_alerts::table.filter(azure_alerts::customer_id.eq(customer));
    Ok(diesel::select(exists(of)).get_result(conn)?)
}

fn keep(
    conn: &mut Connection,
    (customer, month): (&CustomerId, NaiveDate),
    standing: Standing,
    now: Moment,
) -> Result<()> {
    diesel::insert_into(azure_alerts::table)
        .values((
            azure_alerts::customer_id.eq(customer),
            azure_alerts::month.eq(month),
            azure_alerts::standing.eq(standing),
            azure_alerts::reached_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// In the logs of the provider and of the resellers that administer the customer; both are told.
fn tell(conn: &mut Connection, account: &Account, spending: &Spending, now: Moment) -> Result<()> {
    let (id, name) = (&account.customer.id, account.customer.company_name.as_str());
    let provider = accounts::provider_of(conn, id)?;
    let month = spending.month.format("%Y-%m").to_string();
    let share = spending.share().unwrap_or_default();
    let budget = spending.budget.map(|budget| budget.to_string()).unwrap_or_default();
    let entry = Entry::new(Action::ReachAzureBudget, "customer", id, name).for_customer(id, name).with([
        Change::set("month", &month),
        Change::set("monthly_budget", &budget),
        Change::set("share_used", format!("{share} %")),
    ]);
    let by = Author::portal((&provider, &name_of(conn, &provider)?));
    let kinds = match spending.standing() {
        Standing::Exceeded => (Kind::AzureBudgetExceeded, Kind::ManagedAzureBudgetExceeded),
        _ => (Kind::AzureBudgetNearing, Kind::ManagedAzureBudgetNearing),
    };
    let told = |kind| Event::about(kind, "month", &month, &budget).for_customer(id, name).changed("", share);
    let resellers = resellers_of(conn, id)?.into_iter().map(|reseller| (reseller, kinds.1));
    for (organisation, kind) in std::iter::once((provider, kinds.0)).chain(resellers) {
        activity::store::record_as(conn, &organisation, &by, &entry, now)?;
        notifications::tell_by_portal(conn, &organisation, &told(kind), now)?;
    }
    Ok(())
}
