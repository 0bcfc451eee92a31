//! Customers, their accounts, and who administers them.

use crate::values::id::{CustomerId, OrganisationId};

super::addresses! {
    list() "/customers";
    export() "/customers/export";
    show(id: &CustomerId) "/customers/{id}";
    account(id: &CustomerId) "/customers/{id}/account";
    agreement(id: &CustomerId) "/customers/{id}/agreement";
    admin_password(id: &CustomerId) "/customers/{id}/admin-password";
}

/// The list of what one reseller administers.
pub fn of_reseller(reseller: &OrganisationId) -> String {
    super::address(list(), &(), &[("reseller", reseller.as_str())])
}

/// The list of what a search finds.
pub fn found_by(search: &str) -> String {
    super::address(list(), &(), &[("search", search)])
}

/// Recording an acceptance of the agreement; `then` says where that goes on.
pub fn agreement_then(id: &CustomerId, then: &str) -> String {
    super::address(agreement(id), &(), &[("then", then)])
}
