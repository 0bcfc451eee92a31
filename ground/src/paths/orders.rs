//! New customer, New subscription, drafts, and orders.

use crate::values::id::{CustomerId, DraftId, OrderId, OrganisationId, SubscriptionId};

super::addresses! {
    new_customer() "/customers/new";
    new_subscription(id: &CustomerId) "/customers/{id}/subscriptions/new";
    /// Whether a primary domain name is free, for scripts.
    domain_availability() "/domain-availability";
    drafts() "/drafts";
    export_drafts() "/drafts/export";
    draft_customer(id: &DraftId) "/drafts/{id}/customer";
    draft_subscriptions(id: &DraftId) "/drafts/{id}/subscriptions";
    /// What the choice costs so far, for scripts.
    draft_total(id: &DraftId) "/drafts/{id}/total";
    draft_review(id: &DraftId) "/drafts/{id}/review";
    draft_submission(id: &DraftId) "/drafts/{id}/submission";
    draft_cancellation(id: &DraftId) "/drafts/{id}/cancellation";
    draft_confirmation(id: &DraftId) "/drafts/{id}/confirmation";
    /// The end of Confirmation for those who see no customers.
    added(id: &CustomerId) "/customers/{id}/added";
    list() "/orders";
    export() "/orders/export";
    show(id: &OrderId) "/orders/{id}";
    cancellation(id: &OrderId) "/orders/{id}/cancellation";
    confirmation(id: &OrderId) "/orders/{id}/confirmation";
    of_customer(id: &CustomerId) "/customers/{id}/orders";
    export_of_customer(id: &CustomerId) "/customers/{id}/orders/export";
}

/// New customer, with a reseller chosen.
pub fn new_customer_of(reseller: &OrganisationId) -> String {
    super::address(new_customer(), &(), &[("reseller", reseller.as_str())])
}

/// The account of a draft, on the way back to Review.
pub fn change_account(draft: &DraftId) -> String {
    super::address(draft_customer(draft), &(), &[("next", "review")])
}

/// The account of a draft, with what is wrong with it.
pub fn check_account(draft: &DraftId) -> String {
    super::address(draft_customer(draft), &(), &[("check", "yes")])
}

/// The same, on the way back to Review.
pub fn check_account_for_review(draft: &DraftId) -> String {
    super::address(draft_customer(draft), &(), &[("check", "yes"), ("next", "review")])
}

/// The subscriptions of a draft, with what is wrong with them.
pub fn check_subscriptions(draft: &DraftId) -> String {
    super::address(draft_subscriptions(draft), &(), &[("check", "yes")])
}

/// What can be added to a subscription of a customer.
pub fn add_ons_of(customer: &CustomerId, base: &SubscriptionId) -> String {
    super::address(new_subscription(customer), &(), &[("base", base.as_str())])
}

/// Whether a primary domain name is free for a draft.
pub fn domain_availability_of(draft: &DraftId) -> String {
    super::address(domain_availability(), &(), &[("draft", draft.as_str())])
}
