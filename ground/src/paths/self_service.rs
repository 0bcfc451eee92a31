//! What a customer's own people see of it.

use crate::values::id::{CustomerId, DelegationId};

super::addresses! {
    relationships() "/own/partners";
    remove_provider(id: &CustomerId) "/own/partners/{id}/removal";
    return_provider(id: &CustomerId) "/own/partners/{id}/return";
    remove_reseller(id: &CustomerId, delegation: &DelegationId)
        "/own/partners/{id}/resellers/{delegation}/removal";
    return_reseller(id: &CustomerId, delegation: &DelegationId)
        "/own/partners/{id}/resellers/{delegation}/return";
    subscriptions() "/own/subscriptions";
    export_subscriptions() "/own/subscriptions/export";
    agreements() "/own/agreements";
    agreement(id: &CustomerId) "/own/agreements/{id}";
}
