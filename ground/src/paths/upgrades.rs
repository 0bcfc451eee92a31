//! Upgrading a subscription.

use crate::values::id::SubscriptionId;

super::addresses! {
    upgrade(id: &SubscriptionId) "/subscriptions/{id}/upgrade";
}
