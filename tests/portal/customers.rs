//! Customers: the list, its export, and a customer's account.

#[path = "customers/account.rs"]
mod account;
#[path = "customers/agreement.rs"]
mod agreement;
#[path = "customers/editing.rs"]
mod editing;
#[path = "customers/editing_demand.rs"]
mod editing_demand;
#[path = "customers/editing_names.rs"]
mod editing_names;
#[path = "customers/editing_together.rs"]
mod editing_together;
#[path = "customers/export.rs"]
mod export;
#[path = "customers/frame.rs"]
mod frame;
#[path = "customers/list.rs"]
mod list;
#[path = "customers/many.rs"]
mod many;
#[path = "customers/order.rs"]
mod order;
#[path = "customers/search.rs"]
mod search;
#[path = "customers/selection.rs"]
mod selection;
#[path = "customers/views.rs"]
mod views;
#[path = "customers/workbook.rs"]
mod workbook;
#[path = "customers/worth.rs"]
mod worth;

use crate::support::browser::Browser;

/// The company names of the list in view.
fn names(browser: &Browser) -> Vec<String> {
    let mut rows = browser.rows().into_iter();
    let head = rows.next().unwrap_or_default();
    let column = head.iter().position(|name| name == "Company name").unwrap_or_default();
    // What unfolds is one cell.
    rows.filter(|row| row.len() == head.len()).filter_map(|row| row.into_iter().nth(column)).collect()
}
