//! The operator's pages.

use crate::values::id::{AgreementId, LetterId, OrganisationId};

super::addresses! {
    overview() "/operator";
    organisations() "/operator/organisations";
    export_organisations() "/operator/organisations/export";
    organisation(id: &OrganisationId) "/operator/organisations/{id}";
    suspension(id: &OrganisationId) "/operator/organisations/{id}/suspension";
    resumption(id: &OrganisationId) "/operator/organisations/{id}/resumption";
    agreements() "/operator/agreements";
    new_agreement() "/operator/agreements/new";
    agreement_draft() "/operator/agreements/draft";
    agreement(id: &AgreementId) "/operator/agreements/{id}";
    failed_letters() "/operator/letters";
    export_failed_letters() "/operator/letters/export";
    waiting_letters() "/operator/letters/waiting";
    export_waiting_letters() "/operator/letters/waiting/export";
    test_letter() "/operator/letters/test";
    send_again(id: &LetterId) "/operator/letters/{id}/delivery";
    send_now(id: &LetterId) "/operator/letters/waiting/{id}/delivery";
}

/// The organisations of a kind.
pub fn organisations_of(kind: &str) -> String {
    super::address(organisations(), &(), &[("kind", kind)])
}

/// The organisations of a kind in a state.
pub fn organisations_in(kind: &str, state: &str) -> String {
    super::address(organisations(), &(), &[("kind", kind), ("state", state)])
}

/// A new version of the agreement with an audience.
pub fn new_agreement_for(audience: &str) -> String {
    super::address(new_agreement(), &(), &[("audience", audience)])
}
