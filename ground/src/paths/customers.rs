//! Customers, their accounts, and who administers them.

use crate::values::id::{CustomerAgreementId, CustomerId, OrganisationId, SubscriptionId};

super::addresses! {
    list() "/customers";
    export() "/customers/export";
    selection() "/customers/selection";
    /// Its Overview.
    show(id: &CustomerId) "/customers/{id}";
    activity(id: &CustomerId) "/customers/{id}/activity";
    account(id: &CustomerId) "/customers/{id}/account";
    /// Company, bill-to address and language.
    edit_company(id: &CustomerId) "/customers/{id}/account/company";
    /// The primary contact.
    edit_contact(id: &CustomerId) "/customers/{id}/account/contact";
    /// Registration ID and phone number, which some countries demand.
    edit_registration(id: &CustomerId) "/customers/{id}/account/registration";
    agreement(id: &CustomerId) "/customers/{id}/agreement";
    /// A text that the customer accepted by itself.
    agreement_text(id: &CustomerId, text: &CustomerAgreementId) "/customers/{id}/agreement/{text}";
}

/// The list of what one reseller administers.
pub fn of_reseller(reseller: &OrganisationId) -> String {
    super::address(list(), &(), &[("reseller", reseller.as_str())])
}

/// The list of what a search finds.
pub fn found_by(search: &str) -> String {
    super::address(list(), &(), &[("search", search)])
}

/// What the country of a customer demands; `then` says where that goes on.
pub fn edit_registration_then(id: &CustomerId, then: &str) -> String {
    super::address(edit_registration(id), &(), &[("then", then)])
}

/// The same, on the way back to a subscription.
pub fn edit_registration_for(id: &CustomerId, subscription: &SubscriptionId) -> String {
    edit_registration_then(id, &format!("subscription-{subscription}"))
}

/// Recording an acceptance of the agreement; `then` says where that goes on.
pub fn agreement_then(id: &CustomerId, then: &str) -> String {
    super::address(agreement(id), &(), &[("then", then)])
}
