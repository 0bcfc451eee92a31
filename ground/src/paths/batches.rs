//! Tables that are sent as files.

use crate::values::id::{BatchId, CustomerId};

super::addresses! {
    /// Those with users of a customer.
    of_customer(id: &CustomerId) "/customers/{id}/users/uploads";
    export(id: &CustomerId) "/customers/{id}/users/uploads/export";
    /// Sending one.
    new(id: &CustomerId) "/customers/{id}/users/uploads/new";
    sample(id: &CustomerId) "/customers/{id}/users/uploads/sample";
    /// What its rows would do, or did.
    show(id: &BatchId) "/uploads/{id}";
    export_rows(id: &BatchId) "/uploads/{id}/export";
    stop(id: &BatchId) "/uploads/{id}/stop";
    /// A file of temporary passwords of the users who were added.
    passwords(id: &BatchId) "/uploads/{id}/passwords";
    /// Links instead of them.
    links(id: &BatchId) "/uploads/{id}/links";
    /// Undoing what the rows did.
    taking_back(id: &BatchId) "/uploads/{id}/taking-back";
}
