//! Whose rows somebody may see. Every list and every find of customers takes a reach.

use super::role::OrganisationKind;
use crate::values::id::OrganisationId;

/// Which customers, with their subscriptions and orders, exist for a viewer. A single subscription exists besides for
/// the reseller that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All customers of this provider.
    Provider(OrganisationId),
    /// The customers that were delegated to this reseller, as long as the delegation lasts.
    Reseller(OrganisationId),
    /// The accounts that this company has with its providers.
    Customer(OrganisationId),
    /// No customer at all.
    Nothing,
}

impl Reach {
    /// What exists for the people of an organisation.
    pub fn of(organisation: &OrganisationId, kind: OrganisationKind) -> Self {
        match kind {
            OrganisationKind::Provider => Self::Provider(*organisation),
            OrganisationKind::Reseller => Self::Reseller(*organisation),
            OrganisationKind::Customer => Self::Customer(*organisation),
            OrganisationKind::Operator => Self::Nothing,
        }
    }
}
