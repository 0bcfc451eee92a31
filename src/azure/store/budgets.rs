//! Budgets of several customers at once, each with a result.

use super::{accounts, alerts};
use crate::access::Allowed;
use crate::access::permission::SetAzureBudgets;
use crate::activity::{self, Action, Change, Entry};
use crate::azure::model::budget::{Account, Changed, Wish};
use crate::azure::model::spending::month_of;
use crate::db::Connection;
use crate::error::Result;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::money::Money;

/// What somebody has ticked; what is not the provider's is left out.
///
/// # Errors
/// Database errors.
pub fn ticked(
    conn: &mut Connection,
    by: &Allowed<SetAzureBudgets>,
    ids: &[CustomerId],
    now: Moment,
) -> Result<Vec<Account>> {
    accounts::among(conn, &by.organisation.id, (ids, month_of(now.day())))
}

/// Sets or removes the budget of all that is [`ticked`], each as of the version that the page showed. Answers them as they are
/// by then, with what came of each.
///
/// # Errors
/// Database errors.
pub fn set_each(
    conn: &mut Connection,
    by: &Allowed<SetAzureBudgets>,
    wish: &Wish,
    now: Moment,
) -> Result<Vec<(Account, Option<Changed>)>> {
    let ids: Vec<CustomerId> = wish.ticked.iter().map(|(id, _)| *id).collect();
    let mut changed = Vec::new();
    for account in ticked(conn, by, &ids, now)? {
        let version = wish.ticked.iter().find(|(id, _)| *id == account.customer.id);
        let version = version.map_or(account.version, |(_, version)| *version);
        changed.push((account.customer.id, set(conn, by, (&account, version), wish.budget, now)?));
    }
    let after = ticked(conn, by, &ids, now)?.into_iter();
    let with_result = after.map(|account| {
        let result = changed.iter().find(|(id, _)| *id == account.customer.id).map(|(_, result)| *result);
        (account, result)
    });
    Ok(with_result.collect())
}

fn set(
    conn: &mut Connection,
    by: &Allowed<SetAzureBudgets>,
    (account, version): (&Account, i32),
    budget: Option<Money>,
    now: Moment,
) -> Result<Changed> {
    let (id, name) = (&account.customer.id, account.customer.company_name.as_str());
    let before = account.spending.budget;
    if before == budget {
        return Ok(Changed::Same);
    }
    if !accounts::set_budget(conn, (id, version), budget)? {
        return Ok(Changed::Stale);
    }
    let word = |budget: Option<Money>| budget.map(|budget| budget.to_string()).unwrap_or_default();
    let done = if budget.is_some() { Action::SetAzureBudget } else { Action::RemoveAzureBudget };
    let change = Change::new("monthly_budget", word(before), word(budget));
    let entry = Entry::new(done, "customer", id, name).for_customer(id, name).with([change]);
    activity::store::record(conn, by, &entry, now)?;
    let month = month_of(now.day());
    accounts::refresh(conn, id, month)?;
    alerts::look(conn, id, month, now)?;
    Ok(Changed::Done)
}
