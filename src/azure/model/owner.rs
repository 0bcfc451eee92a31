//! Tenant owner: a reseller that manages the customer's Azure account, beyond what is delegated to it here.

use crate::text_enum;
use crate::values::id::{OrganisationId, SubscriptionId};
use crate::values::moment::Moment;

text_enum! {
    /// Why it has it no longer.
    pub enum OwnerEnd {
        Withdrawn = "withdrawn",
        /// The subscription names another reseller, or none.
        ResellerChanged = "reseller_changed",
        /// The provider's relationship with the customer ended, or the reseller gave the customer back.
        RelationshipEnded = "relationship_ended",
        SubscriptionEnded = "subscription_ended",
    }
}

/// Who has the permission for a subscription, or had it.
#[derive(Clone, Debug)]
pub struct TenantOwner {
    pub subscription: SubscriptionId,
    pub reseller: OrganisationId,
    pub reseller_name: String,
    pub given_at: Moment,
    pub given_by: String,
    /// When and why it ended.
    pub ended: Option<(Moment, OwnerEnd)>,
    /// Who ended it; nobody where the portal did.
    pub ended_by: String,
}

impl TenantOwner {
    pub fn lasts(&self) -> bool {
        self.ended.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::glossary;

    #[test]
    fn the_log_has_words_for_every_end() {
        for end in OwnerEnd::ALL {
            assert!(glossary::find("value of tenant_owner_end", end.as_text()).is_some(), "{end:?}");
        }
    }
}
