//! With whom a provider is in partnership: what other areas need to know when they name a reseller.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{locations, organisations, partnerships};
use crate::error::Result;
use crate::partners;
use crate::partners::model::OrganisationState;
use crate::partners::model::eligibility::{Facts, Missing, Place, missing};
use crate::partners::store::eligibility::signatures;
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
    /// What keeps it from being named for anything new.
    pub missing: Vec<Missing>,
}

impl Partner {
    /// Whether it can be named for something new.
    pub fn is_eligible(&self) -> bool {
        self.missing.is_empty()
    }

    /// What it lacks first of all.
    pub fn lack(&self) -> Option<Missing> {
        self.missing.first().copied()
    }
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
        .select(columns())
        .load(conn)?;
    partners(conn, provider, rows)
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
        .select(columns())
        .first(conn)
        .optional()?;
    Ok(partners(conn, provider, row.into_iter().collect())?.pop())
}

type Row = ((OrganisationId, String, Country, OrganisationState), (LocationId, MpnId, bool, Country));

#[diesel::dsl::auto_type]
fn columns() -> _ {
    (
        (organisations::id, organisations::name, organisations::country, organisations::state),
        (locations::id, locations::mpn_id, locations::is_head_office, locations::country),
    )
}

fn partners(conn: &mut Connection, provider: &OrganisationId, rows: Vec<Row>) -> Result<Vec<Partner>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let home = partners::store::find(conn, provider)?.country;
    let signatures = signatures(conn, rows.iter().map(|((reseller, ..), _)| reseller))?;
    let partner = |((reseller, name, country, state), (location, mpn_id, is_head_office, at)): Row| {
        let unsigned = signatures.unsigned_by(&reseller);
        let facts = Facts { state, country, location: Some(Place { is_head_office, country: at }), unsigned };
        Partner { reseller, name, location, mpn_id, country, missing: missing(&facts, home) }
    };
    Ok(rows.into_iter().map(partner).collect())
}
