//! Which resellers can be named on which offers.

use crate::values::id::{OfferId, OrganisationId};

super::addresses! {
    of_offer(id: &OfferId) "/catalog/{id}/resellers";
    /// On which offers a reseller cannot be named.
    of_reseller(id: &OrganisationId) "/resellers/{id}/offers";
}
