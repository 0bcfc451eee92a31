//! What other areas ask about partnerships and requests for them.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::model::PartnershipState;
use crate::access::OrganisationKind;
use crate::db::Connection;
use crate::db::schema::{partnership_requests, partnerships};
use crate::error::Result;
use crate::links::model::RequestState;
use crate::partners::facts::{organisation, organisation_name};
use crate::values::id::{OrganisationId, PartnershipId};
use crate::values::moment::Moment;
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
        OrganisationKind::Operator | OrganisationKind::Customer => return Ok(Count::Exactly(0)),
    };
    Ok(Count::of(own.load::<PartnershipId>(conn)?.len()))
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
