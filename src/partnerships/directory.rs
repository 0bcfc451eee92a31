//! With whom a provider is in partnership: what other areas need to know when they name a reseller.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{locations, organisations, partnerships};
use crate::error::Result;
use crate::values::country::Country;
use crate::values::id::{LocationId, OrganisationId};
use crate::values::mpn_id::MpnId;

/// A reseller in active partnership, with the location by which it takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    pub reseller: OrganisationId,
    pub name: String,
    pub location: LocationId,
    /// What orders name, so that the reseller earns incentives.
    pub mpn_id: MpnId,
    pub country: Country,
}

/// All active partners of a provider by name.
///
/// # Errors
/// Database errors.
pub fn partners_of(conn: &mut Connection, provider: &OrganisationId) -> Result<Vec<Partner>> {
    let rows: Vec<Row> = partnerships::table
        .inner_join(organisations::table.on(organisations::id.eq(partnerships::reseller_id)))
        .inner_join(locations::table)
        .filter(partnerships::provider_id.eq(provider))
        .filter(partnerships::state.eq("active"))
        .order((partnerships::reseller_sort_name, partnerships::id))
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(partner).collect())
}

/// This reseller, if it is in active partnership with the provider.
///
/// # Errors
/// Database errors.
pub fn find_partner(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: &OrganisationId,
) -> Result<Option<Partner>> {
    let row: Option<Row> = partnerships::table
        .inner_join(organisations::table.on(organisations::id.eq(partnerships::reseller_id)))
        .inner_join(locations::table)
        .filter(partnerships::provider_id.eq(provider))
        .filter(partnerships::reseller_id.eq(reseller))
        .filter(partnerships::state.eq("active"))
        .select(COLUMNS)
        .first(conn)
        .optional()?;
    Ok(row.map(partner))
}

type Row = (OrganisationId, String, LocationId, MpnId, Country);

const COLUMNS: (
    organisations::id,
    organisations::name,
    locations::id,
    locations::mpn_id,
    organisations::country,
) = (organisations::id, organisations::name, locations::id, locations::mpn_id, organisations::country);

fn partner((reseller, name, location, mpn_id, country): Row) -> Partner {
    Partner { reseller, name, location, mpn_id, country }
}
