//! What keeps a request from being made now, and from being accepted: asked again inside each transaction.

use crate::db::Connection;
use crate::error::Result;
use crate::invitations::model::Hindrance;
use crate::partners;
use crate::partnerships::directory::find_partner;
use crate::values::id::OrganisationId;

/// What stands in the way of a request for this provider, by this reseller where one asks.
///
/// # Errors
/// Database errors.
pub fn hindrance(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: Option<&OrganisationId>,
) -> Result<Option<Hindrance>> {
    if !partners::store::is_enrolled(&partners::store::find(conn, provider)?) {
        return Ok(Some(Hindrance::ProviderSuspended));
    }
    let Some(reseller) = reseller else { return Ok(None) };
    let Some(partner) = find_partner(conn, provider, reseller)? else {
        return Ok(Some(Hindrance::NoPartnership));
    };
    Ok(partner.lack().map(Hindrance::ResellerLacks))
}
