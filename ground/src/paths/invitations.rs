//! Asking companies to become customers, and their personal links.

use crate::values::id::{CustomerRequestId, LetterId, OrganisationId};

super::addresses! {
    /// The personal link, for people without an account.
    link(token: &str) "/customer-invitations/{token}";
    code(token: &str) "/customer-invitations/{token}/code";
    proof(token: &str) "/customer-invitations/{token}/proof";
    /// A company that has an account here.
    account(token: &str) "/customer-invitations/{token}/account";
    acceptance(token: &str) "/customer-invitations/{token}/acceptance";
    /// A company that is new here.
    company(token: &str) "/customer-invitations/{token}/company";
    refusal(token: &str) "/customer-invitations/{token}/refusal";
    requests() "/customer-requests";
    export() "/customer-requests/export";
    new_request() "/customer-requests/new";
    request(id: &CustomerRequestId) "/customer-requests/{id}";
    text(id: &CustomerRequestId) "/customer-requests/{id}/text";
    delivery(id: &CustomerRequestId) "/customer-requests/{id}/delivery";
    fresh_link(id: &CustomerRequestId) "/customer-requests/{id}/link";
    reminder(id: &CustomerRequestId) "/customer-requests/{id}/reminder";
    revocation(id: &CustomerRequestId) "/customer-requests/{id}/revocation";
    letter_delivery(id: &CustomerRequestId, letter: &LetterId)
        "/customer-requests/{id}/letters/{letter}/delivery";
}

/// A request of a reseller that brings this provider a customer.
pub fn new_request_for(provider: &OrganisationId) -> String {
    super::address(new_request(), &(), &[("provider", provider.as_str())])
}
