//! The Activity log and the Security log.

use crate::values::id::CustomerId;

super::addresses! {
    list() "/activity";
    export() "/activity/export";
    security() "/security";
    export_security() "/security/export";
}

/// Which lists were taken as files.
pub fn exports() -> String {
    super::address(security(), &(), &[("kind", "export")])
}

/// The log of one customer.
pub fn of_customer(customer: &CustomerId) -> String {
    super::address(list(), &(), &[("customer", customer.as_str())])
}
