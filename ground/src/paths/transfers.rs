//! Subscriptions that move from one partner to another.

use crate::values::id::{CustomerId, TransferId};

super::addresses! {
    list() "/transfers";
    export() "/transfers/export";
    /// From a customer's page.
    new(id: &CustomerId) "/customers/{id}/transfers/new";
    show(id: &TransferId) "/transfers/{id}";
    /// The new partner's answer, and the provider's where a reseller started it.
    answer(id: &TransferId) "/transfers/{id}/answer";
    /// For a partner that is none of this installation: what it gets, and recording that it has it.
    form(id: &TransferId) "/transfers/{id}/form";
    recording(id: &TransferId) "/transfers/{id}/recording";
    /// Asking the customer again.
    reminder(id: &TransferId) "/transfers/{id}/reminder";
    withdrawal(id: &TransferId) "/transfers/{id}/withdrawal";
    /// What the customer's own people see of them.
    own() "/own/transfers";
    export_own() "/own/transfers/export";
    show_own(id: &TransferId) "/own/transfers/{id}";
    /// The personal link of the customer, for people without an account.
    link(token: &str) "/transfer-consents/{token}";
}

/// Those that other partners offer to the viewer's organisation.
pub fn incoming() -> String {
    super::address(list(), &(), &[("direction", "in")])
}
