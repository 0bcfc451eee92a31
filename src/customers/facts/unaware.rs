//! Customers of which it is not kept yet that something ends, as a part of bigger queries.

use crate::db::row_values::Condition;
use crate::db::snippet::Snippet;

/// The customer whose id stands in one column has not ended, and nothing of it is known to end before the day in the
/// other one, or on it.
pub fn is_unaware_of<T: 'static>(customer: &'static str, day: &'static str) -> Condition<T> {
    Snippet::new("EXISTS (SELECT 1 FROM customers WHERE customers.id = ")
        .words(customer)
        .words(" AND customers.ended_at IS NULL AND (customers.ending_on IS NULL OR customers.ending_on > ")
        .words(day)
        .words("))")
        .on()
}
