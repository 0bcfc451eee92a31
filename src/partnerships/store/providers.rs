//! The providers in active partnership with a reseller.

use diesel::prelude::*;

use super::delegated_customers;
use crate::access::Allowed;
use crate::access::permission::SeeProviders;
use crate::db::Connection;
use crate::db::schema::{locations, organisations, partnerships};
use crate::error::Result;
use crate::partnerships::model::{PartnershipState, Provider};
use crate::values::country::Country;
use crate::values::id::{OrganisationId, PartnershipId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::name::sort_name;

/// All of them by name: a reseller has a handful.
///
/// # Errors
/// Database errors.
pub fn all(conn: &mut Connection, by: &Allowed<SeeProviders>) -> Result<Vec<Provider>> {
    let reseller = &by.organisation.id;
    let rows: Vec<(PartnershipId, OrganisationId, String, Country, MpnId, Moment)> = partnerships::table
        .inner_join(organisations::table.on(organisations::id.eq(partnerships::provider_id)))
        .inner_join(locations::table)
        .filter(partnerships::reseller_id.eq(reseller))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .select((
            partnerships::id,
            organisations::id,
            organisations::name,
            organisations::country,
            locations::mpn_id,
            partnerships::since,
        ))
        .load(conn)?;
    let mut providers = Vec::new();
    for (partnership, id, name, country, mpn_id, since) in rows {
        let customers = delegated_customers(conn, &id, reseller)?;
        providers.push(Provider { partnership, name, country, mpn_id, since, customers });
    }
    providers.sort_by_cached_key(|provider| sort_name(&provider.name));
    Ok(providers)
}
