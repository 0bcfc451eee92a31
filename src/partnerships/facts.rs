//! What other areas ask about partnerships and requests for them.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::model::PartnershipState;
use crate::access::OrganisationKind;
use crate::customers::facts::{administering, administers_any};
use crate::db::Connection;
use crate::db::schema::{partnership_requests, partnerships};
use crate::error::Result;
use crate::links::model::RequestState;
use crate::partners::facts::{
    Named, location, location_mpn_id, organisation, organisation_id, organisation_name,
    organisation_sort_name, organisation_state,
};
use crate::partners::model::OrganisationState;
use crate::values::id::{CustomerId, OrganisationId, PartnershipId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::name::sort_name;
use crate::values::token::TokenHash;
use crate::web::Count;

/// How many partnerships an organisation of a kind is in.
///
/// # Errors
/// Database errors.
pub fn count_of(conn: &mut Connection, kind: OrganisationKind, id: &OrganisationId) -> Result<Count> {
    let active = partnerships::table
        .filter(partnerships::state.eq(PartnershipState::Active))
        .select(partnerships::id)
        .limit(Count::LIMIT)
        .into_boxed();
    let own = match kind {
        OrganisationKind::Provider => active.filter(partnerships::provider_id.eq(id)),
        OrganisationKind::Reseller => active.filter(partnerships::reseller_id.eq(id)),
        OrganisationKind::Operator => return Ok(Count::Exactly(0)),
    };
    Ok(Count::of(own.load::<PartnershipId>(conn)?.len()))
}

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

/// The provider who asks by a link.
///
/// # Errors
/// Database errors.
pub fn provider_asking(conn: &mut Connection, link: &TokenHash) -> Result<Option<String>> {
    Ok(partnership_requests::table
        .inner_join(organisation(partnership_requests::provider_id))
        .filter(partnership_requests::token_hash.eq(link))
        .select(organisation_name)
        .first(conn)
        .optional()?)
}

/// Whether the request of a link waits for an answer.
///
/// # Errors
/// Database errors.
pub fn is_open(conn: &mut Connection, link: &TokenHash, now: Moment) -> Result<bool> {
    let open = partnership_requests::table
        .filter(partnership_requests::token_hash.eq(link))
        .filter(partnership_requests::state.eq(RequestState::Open))
        .filter(partnership_requests::expires_at.gt(now));
    Ok(diesel::select(exists(open)).get_result(conn)?)
}

/// Providers list their resellers by name: a reseller is called otherwise from now on.
///
/// # Errors
/// Database errors.
pub fn rename_reseller(conn: &mut Connection, reseller: &OrganisationId, name: &str) -> Result<()> {
    diesel::update(partnerships::table.filter(partnerships::reseller_id.eq(reseller)))
        .set(partnerships::reseller_sort_name.eq(sort_name(name)))
        .execute(conn)?;
    Ok(())
}
