//! What customers spend on what is billed by usage: the list, a customer's months, files of usage.

use chrono::NaiveDate;

use crate::values::id::{CustomerId, UploadId};

super::addresses! {
    spending() "/azure-spending";
    export() "/azure-spending/export";
    /// Budgets of several customers at once.
    budgets() "/azure-spending/budgets";
    upload() "/azure-spending/usage";
    sample() "/azure-spending/usage/sample";
    preview(id: &UploadId) "/azure-spending/usage/{id}";
    of_customer(id: &CustomerId) "/customers/{id}/azure";
}

/// A month of a customer, by its first day.
pub fn of_customer_in(customer: &CustomerId, month: &NaiveDate) -> String {
    super::address(of_customer(customer), &(), &[("month", &month.format("%Y-%m").to_string())])
}
