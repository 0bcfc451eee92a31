//! Resellers among whom other areas let choose.

use diesel::prelude::*;

use crate::customers::facts::{administering, administers_any};
use crate::db::Connection;
use crate::db::schema::partnerships;
use crate::error::Result;
use crate::partners::facts::{
    Named, location, location_mpn_id, organisation, organisation_id, organisation_name,
    organisation_sort_name, organisation_state,
};
use crate::partners::model::OrganisationState;
use crate::partnerships::model::PartnershipState;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::mpn_id::MpnId;

/// A reseller that lists can be narrowed to.
#[derive(Queryable, Selectable, Clone, Debug, PartialEq, Eq)]
#[diesel(table_name = partnerships)]
pub struct ResellerChoice {
    #[diesel(column_name = reseller_id)]
    pub id: OrganisationId,
    #[diesel(select_expression = organisation_name)]
    pub name: String,
    #[diesel(select_expression = location_mpn_id)]
    pub mpn_id: MpnId,
}

/// The provider's resellers by name: its partners, and former ones that still administer customers of it.
///
/// # Errors
/// Database errors.
pub fn reseller_choices(conn: &mut Connection, provider: &OrganisationId) -> Result<Vec<ResellerChoice>> {
    let administers = administers_any(partnerships::provider_id, partnerships::reseller_id);
    let mut choices: Vec<ResellerChoice> = partnerships::table
        .inner_join(organisation(partnerships::reseller_id))
        .inner_join(location(partnerships::location_id))
        .filter(partnerships::provider_id.eq(provider))
        .filter(partnerships::state.eq(PartnershipState::Active).or(administers))
        .order((partnerships::reseller_sort_name, partnerships::reseller_id, partnerships::state))
        .select(ResellerChoice::as_select())
        .load(conn)?;
    // A reseller that left and came back has several partnerships; the active one sorts first.
    choices.dedup_by(|later, earlier| later.id == earlier.id);
    Ok(choices)
}

/// The provider's partners by name.
///
/// # Errors
/// Database errors.
pub fn partner_choices(conn: &mut Connection, provider: &OrganisationId) -> Result<Vec<ResellerChoice>> {
    Ok(partnerships::table
        .inner_join(organisation(partnerships::reseller_id))
        .inner_join(location(partnerships::location_id))
        .filter(partnerships::provider_id.eq(provider))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .order((partnerships::reseller_sort_name, partnerships::reseller_id))
        .select(ResellerChoice::as_select())
        .load(conn)?)
}

/// The enrolled partners of a provider that administer a customer of it, with the one that is named besides, by name.
///
/// # Errors
/// Database errors.
pub fn partners_dealing_with(
    conn: &mut Connection,
    provider: &OrganisationId,
    customer: &CustomerId,
    besides: Option<&OrganisationId>,
) -> Result<Vec<Named>> {
    Ok(partnerships::table
        .inner_join(organisation(partnerships::reseller_id))
        .filter(partnerships::provider_id.eq(provider))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .filter(
            partnerships::reseller_id
                .eq_any(administering(customer))
                .or(partnerships::reseller_id.nullable().eq(besides.cloned())),
        )
        .filter(organisation_state.eq(OrganisationState::Enrolled))
        .order((organisation_sort_name, organisation_id))
        .select(Named::as_select())
        .load(conn)?)
}

/// The resellers that administer customers of a provider, partners or not, by name: at most so many.
///
/// # Errors
/// Database errors.
pub fn resellers_administering(
    conn: &mut Connection,
    provider: &OrganisationId,
    most: i64,
) -> Result<Vec<ResellerChoice>> {
    let mut choices: Vec<ResellerChoice> = partnerships::table
        .inner_join(organisation(partnerships::reseller_id))
        .inner_join(location(partnerships::location_id))
        .filter(partnerships::provider_id.eq(provider))
        .filter(administers_any(partnerships::provider_id, partnerships::reseller_id))
        .order((partnerships::reseller_sort_name, partnerships::reseller_id, partnerships::state))
        .select(ResellerChoice::as_select())
        .limit(most)
        .load(conn)?;
    choices.dedup_by(|later, earlier| later.id == earlier.id);
    Ok(choices)
}
