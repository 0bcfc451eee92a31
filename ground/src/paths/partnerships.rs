//! Indirect resellers, partnership requests and their personal links, Indirect providers.

use crate::values::id::{LetterId, OrganisationId, PartnershipId, PartnershipRequestId};

super::addresses! {
    /// The personal link, which everybody may open.
    link(token: &str) "/partnerships/{token}";
    code(token: &str) "/partnerships/{token}/code";
    acceptance(token: &str) "/partnerships/{token}/acceptance";
    refusal(token: &str) "/partnerships/{token}/refusal";
    resellers() "/resellers";
    export() "/resellers/export";
    eligibility() "/resellers/eligibility";
    export_eligibility() "/resellers/eligibility/export";
    reminder(id: &OrganisationId) "/resellers/{id}/reminder";
    removal(id: &OrganisationId) "/resellers/{id}/removal";
    providers() "/providers";
    export_providers() "/providers/export";
    location(id: &PartnershipId) "/providers/{id}/location";
    /// The request as those find it to whose proved address it was mailed.
    addressed(id: &PartnershipRequestId) "/providers/requests/{id}";
    addressed_code(id: &PartnershipRequestId) "/providers/requests/{id}/code";
    addressed_acceptance(id: &PartnershipRequestId) "/providers/requests/{id}/acceptance";
    addressed_refusal(id: &PartnershipRequestId) "/providers/requests/{id}/refusal";
    requests() "/partnership-requests";
    export_requests() "/partnership-requests/export";
    new_request() "/partnership-requests/new";
    request(id: &PartnershipRequestId) "/partnership-requests/{id}";
    text(id: &PartnershipRequestId) "/partnership-requests/{id}/text";
    delivery(id: &PartnershipRequestId) "/partnership-requests/{id}/delivery";
    fresh_link(id: &PartnershipRequestId) "/partnership-requests/{id}/link";
    revocation(id: &PartnershipRequestId) "/partnership-requests/{id}/revocation";
    letter_delivery(id: &LetterId) "/letters/{id}/delivery";
}

/// The partners that cannot be named now.
pub fn ineligible() -> String {
    super::address(eligibility(), &(), &[("missing", "yes")])
}
