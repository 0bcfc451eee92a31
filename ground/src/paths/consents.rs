//! Asking customers to accept the customer agreement, and their personal links.

use crate::values::id::{AgreementRequestId, CustomerId, DraftId, LetterId};

super::addresses! {
    /// The personal link, for people without an account.
    link(token: &str) "/consents/{token}";
    acceptance(token: &str) "/consents/{token}/acceptance";
    refusal(token: &str) "/consents/{token}/refusal";
    ask_for_draft(id: &DraftId) "/drafts/{id}/agreement-request";
    ask_customer(id: &CustomerId) "/customers/{id}/agreement-request";
    request(id: &AgreementRequestId) "/agreement-requests/{id}";
    text(id: &AgreementRequestId) "/agreement-requests/{id}/text";
    delivery(id: &AgreementRequestId) "/agreement-requests/{id}/delivery";
    fresh_link(id: &AgreementRequestId) "/agreement-requests/{id}/link";
    revocation(id: &AgreementRequestId) "/agreement-requests/{id}/revocation";
    letter_delivery(id: &AgreementRequestId, letter: &LetterId)
        "/agreement-requests/{id}/letters/{letter}/delivery";
}
