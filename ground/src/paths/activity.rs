//! The Activity log and the Security log.

use crate::values::id::CustomerId;

super::addresses! {
    list() "/activity";
    export() "/activity/export";
    security() "/security";
}

/// The log of one customer.
pub fn of_customer(customer: &CustomerId) -> String {
    super::address(list(), &(), &[("customer", customer.as_str())])
}
