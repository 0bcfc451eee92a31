//! Who looks after a customer.

use crate::values::id::{CustomerId, DelegationId, DelegationPlanId, OrganisationId};

super::addresses! {
    of_customer(id: &CustomerId) "/customers/{id}/relationships";
    /// One more reseller.
    new(id: &CustomerId) "/customers/{id}/relationships/new";
    /// Another reseller in place of one, or none.
    change(id: &CustomerId, delegation: &DelegationId) "/customers/{id}/relationships/{delegation}/change";
    prolongation(id: &CustomerId, delegation: &DelegationId)
        "/customers/{id}/relationships/{delegation}/prolongation";
    plan_removal(id: &CustomerId, plan: &DelegationPlanId) "/customers/{id}/relationships/plans/{plan}/removal";
    /// Every delegation of a provider that ends soon.
    ending() "/delegations/ending";
    export_ending() "/delegations/ending/export";
}

/// One more reseller, already chosen.
pub fn new_with(id: &CustomerId, reseller: &OrganisationId) -> String {
    super::address(new(id), &(), &[("reseller", reseller.as_str())])
}

/// The page on which a plan was made, filled with what it says.
pub fn plan(id: &CustomerId, delegation: Option<&DelegationId>, plan: &DelegationPlanId) -> String {
    let page = delegation.map_or_else(|| new(id), |delegation| change(id, delegation));
    super::address(page, &(), &[("plan", plan.as_str())])
}
