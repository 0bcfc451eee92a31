//! Subscriptions of a customer, those that name a reseller, and what changes one.

use crate::values::id::{CustomerId, SubscriptionId};

super::addresses! {
    of_customer(id: &CustomerId) "/customers/{id}/subscriptions";
    export_of_customer(id: &CustomerId) "/customers/{id}/subscriptions/export";
    /// Those that name the viewer's organisation.
    list() "/subscriptions";
    export() "/subscriptions/export";
    /// What renews and ends next.
    renewals() "/renewals";
    export_renewals() "/renewals/export";
    decision() "/renewals/decision";
    /// Changes of quantities that can still be undone.
    undoable() "/quantity-changes";
    export_undoable() "/quantity-changes/export";
    show(id: &SubscriptionId) "/subscriptions/{id}";
    quantity(id: &SubscriptionId) "/subscriptions/{id}/quantity";
    planned_quantity(id: &SubscriptionId) "/subscriptions/{id}/planned-quantity";
    undo(id: &SubscriptionId) "/subscriptions/{id}/undo";
    billing(id: &SubscriptionId) "/subscriptions/{id}/billing";
    conversion(id: &SubscriptionId) "/subscriptions/{id}/conversion";
    nickname(id: &SubscriptionId) "/subscriptions/{id}/nickname";
    suspension(id: &SubscriptionId) "/subscriptions/{id}/suspension";
    cancellation(id: &SubscriptionId) "/subscriptions/{id}/cancellation";
    renewal(id: &SubscriptionId) "/subscriptions/{id}/renewal";
    reactivation(id: &SubscriptionId) "/subscriptions/{id}/reactivation";
    reseller(id: &SubscriptionId) "/subscriptions/{id}/reseller";
    tenant_owner(id: &SubscriptionId) "/subscriptions/{id}/tenant-owner";
    tenant_owner_withdrawal(id: &SubscriptionId) "/subscriptions/{id}/tenant-owner/withdrawal";
    support_contact(id: &SubscriptionId) "/subscriptions/{id}/support-contact";
}

/// A customer's that stand alike.
pub fn of_customer_in(customer: &CustomerId, status: &str) -> String {
    super::address(of_customer(customer), &(), &[("status", status)])
}

/// What renews and ends within so many days.
pub fn renewals_within(days: &u64) -> String {
    super::address(renewals(), &(), &[("within", days.to_string().as_str())])
}
