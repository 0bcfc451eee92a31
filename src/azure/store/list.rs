//! Who spends how much by usage this month, the most first.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;

use super::accounts::NamedRow;
use crate::access::permission::SeeAzureSpending;
use crate::access::{Allowed, Reach};
use crate::azure::model::budget::Account;
use crate::azure::model::spending::Standing;
use crate::customers::facts::{customer, customers_of, is_called_like, is_going_on};
use crate::db::Connection;
use crate::db::like::any_part;
use crate::db::row_values::Both;
use crate::db::schema::azure_accounts;
use crate::error::Result;
use crate::subscriptions::facts::{by_usage, metered_customer};
use crate::web::pager::{Page, Portion, descending, keyset};

/// Which of them.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Any part of name or domain.
    pub name: String,
    /// All where none is named.
    pub standings: &'static [Standing],
    pub month: NaiveDate,
}

/// A portion of the list: a provider's customers, or those that a reseller administers. Whoever has nothing any more that is
/// billed by usage stays until the month is over of which something is known.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<SeeAzureSpending>,
    selection: &Selection,
    portion: &Portion,
) -> Result<Page<Account>> {
    let reach = by.reach();
    let has_some = exists(by_usage().filter(metered_customer.eq(azure_accounts::customer_id)));
    let mut query = azure_accounts::table
        .inner_join(customer(azure_accounts::customer_id))
        .filter(is_going_on())
        .filter(has_some.or(azure_accounts::last_day.is_not_null()))
        .into_boxed::<Both>();
    query = match &reach {
        Reach::Provider(provider) => query.filter(azure_accounts::provider_id.eq(provider)),
        Reach::Reseller(reseller) => query.filter(azure_accounts::customer_id.eq_any(customers_of(reseller))),
        Reach::Customer(_) | Reach::Nothing => return Ok(Page::default()),
    };
    if !selection.name.is_empty() {
        query = query.filter(is_called_like(&any_part(&selection.name)));
    }
    if !selection.standings.is_empty() {
        query = query.filter(azure_accounts::standing.eq_any(selection.standings));
        // What an earlier month has come to says nothing of this one.
        let is_of_month = azure_accounts::month.eq(selection.month);
        query = query.filter(is_of_month.or(azure_accounts::standing.eq(Standing::NoBudget)));
    }
    let order = descending(azure_accounts::spent_millionths, azure_accounts::customer_id);
    let page: Page<NamedRow> = keyset(conn, query, order, portion)?;
    Ok(page.map(|row| row.account(selection.month)))
}
