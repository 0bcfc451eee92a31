//! Files of customers that a provider has already.

use crate::values::id::BatchId;

super::addresses! {
    list() "/existing-customers";
    export() "/existing-customers/export";
    /// Sending one.
    new() "/existing-customers/new";
    sample() "/existing-customers/sample";
    /// What its rows would do, or did.
    show(id: &BatchId) "/existing-customers/{id}";
    export_rows(id: &BatchId) "/existing-customers/{id}/export";
    /// What becomes of rows that may be of a customer who is there.
    choices(id: &BatchId) "/existing-customers/{id}/choices";
    stop(id: &BatchId) "/existing-customers/{id}/stop";
    /// Asking those who were added for the customer agreement.
    agreements(id: &BatchId) "/existing-customers/{id}/agreements";
    /// Undoing what the rows did.
    taking_back(id: &BatchId) "/existing-customers/{id}/taking-back";
}
