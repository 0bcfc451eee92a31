//! Customers: the list, its export, and a customer's account.

#[path = "customers/account.rs"]
mod account;
#[path = "customers/agreement.rs"]
mod agreement;
#[path = "customers/export.rs"]
mod export;
#[path = "customers/list.rs"]
mod list;
#[path = "customers/many.rs"]
mod many;
#[path = "customers/search.rs"]
mod search;

use crate::support::browser::Browser;

/// The company names of the list in view.
fn names(browser: &Browser) -> Vec<String> {
    let rows = browser.rows().into_iter().skip(1).filter(|row| row.len() == 6);
    rows.filter_map(|row| row.into_iter().nth(1)).collect()
}
