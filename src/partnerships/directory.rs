//! With whom a provider is in partnership: what other areas need to know when they name a reseller.

mod choices;

use diesel::prelude::*;

pub use choices::{
    ResellerChoice, partner_choices, partners_dealing_with, reseller_choices, resellers_administering,
};

use super::model::PartnershipState;
use crate::db::Connection;
use crate::db::schema::partnerships;
use crate::error::Result;
use crate::partners;
use crate::partners::facts::{LocationRow, OrganisationRow, location, organisation, organisation_name};
use crate::partners::model::Location;
use crate::partners::model::eligibility::{Facts, Missing, Place, can_earn, missing};
use crate::partners::store::eligibility::{earning_locations, signatures};
use crate::values::country::Country;
use crate::values::id::{LocationId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;

/// A reseller in active partnership, by one of its locations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    pub reseller: OrganisationId,
    pub name: String,
    /// By which it takes part, unless another one was chosen: see [`Partner::at`].
    pub location: LocationId,
    /// What orders name, so that the reseller earns incentives.
    pub mpn_id: MpnId,
    pub city: String,
    pub country: Country,
    /// What keeps it from being named for anything new.
    pub missing: Vec<Missing>,
    /// Every location that can be named, the one by which it takes part first.
    pub locations: Vec<Location>,
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

    /// Whether this MPN ID is the one by which it takes part, or another one that can be named.
    pub fn has(&self, mpn_id: &str) -> bool {
        self.mpn_id.as_str() == mpn_id || self.place(mpn_id).is_some()
    }

    /// The same reseller by the location that has this MPN ID.
    pub fn at(&self, mpn_id: &str) -> Option<Self> {
        if self.mpn_id.as_str() == mpn_id {
            return Some(self.clone());
        }
        let place = self.place(mpn_id)?;
        let (location, mpn_id, city) = (place.id, place.mpn_id.clone(), place.city.clone());
        Some(Self { location, mpn_id, city, ..self.clone() })
    }

    /// Whether there is a choice of locations.
    pub fn has_several(&self) -> bool {
        self.locations.len() > 1
    }

    fn place(&self, mpn_id: &str) -> Option<&Location> {
        self.locations.iter().find(|location| location.mpn_id.as_str() == mpn_id)
    }
}

/// A reseller whose partnership with a provider was removed and not made anew.
#[derive(Queryable, Selectable, Clone, Debug, PartialEq, Eq)]
#[diesel(table_name = partnerships)]
pub struct Former {
    #[diesel(select_expression = organisation_name)]
    pub name: String,
    #[diesel(select_expression = partnerships::removed_at.assume_not_null())]
    pub removed_at: Moment,
}

/// Whether this reseller was a partner of the provider and is none any more, and since when.
///
/// # Errors
/// Database errors.
pub fn former_partner(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: &OrganisationId,
) -> Result<Option<Former>> {
    if find_partner(conn, provider, reseller)?.is_some() {
        return Ok(None);
    }
    let found: Option<Former> = partnerships::table
        .inner_join(organisation(partnerships::reseller_id))
        .filter(partnerships::provider_id.eq(provider))
        .filter(partnerships::reseller_id.eq(reseller))
        .filter(partnerships::removed_at.is_not_null())
        .order(partnerships::removed_at.desc())
        .select(Former::as_select())
        .first(conn)
        .optional()?;
    Ok(found)
}

/// All active partners of a provider by name.
///
/// # Errors
/// Database errors.
pub fn partners_of(conn: &mut Connection, provider: &OrganisationId) -> Result<Vec<Partner>> {
    let rows = active(conn, provider, None)?;
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
    let rows = active(conn, provider, Some(reseller))?;
    Ok(partners(conn, provider, rows)?.pop())
}

/// The active partnerships of a provider by name, or the one with this reseller.
fn active(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: Option<&OrganisationId>,
) -> Result<Vec<Row>> {
    let mut query = partnerships::table
        .inner_join(organisation(partnerships::reseller_id))
        .inner_join(location(partnerships::location_id))
        .filter(partnerships::provider_id.eq(provider))
        .filter(partnerships::state.eq(PartnershipState::Active))
        .order((partnerships::reseller_sort_name, partnerships::id))
        .select(Row::as_select())
        .into_boxed();
    if let Some(reseller) = reseller {
        query = query.filter(partnerships::reseller_id.eq(reseller));
    }
    Ok(query.load(conn)?)
}

/// A reseller with the location by which it takes part.
#[derive(Queryable, Selectable)]
#[diesel(table_name = partnerships)]
struct Row {
    #[diesel(embed)]
    reseller: OrganisationRow,
    #[diesel(embed)]
    place: LocationRow,
}

fn partners(conn: &mut Connection, provider: &OrganisationId, rows: Vec<Row>) -> Result<Vec<Partner>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let home = partners::store::find(conn, provider)?.country;
    let signatures = signatures(conn, rows.iter().map(|row| &row.reseller.id))?;
    let mut earning = earning_locations(conn, rows.iter().map(|row| &row.reseller.id))?;
    let partner = |Row { reseller, place }: Row| {
        let country = reseller.country;
        let facts = Facts {
            state: reseller.state,
            country,
            location: Some(Place { is_head_office: place.is_head_office, country: place.country }),
            unsigned: signatures.unsigned_by(&reseller.id),
        };
        let mut locations = earning.remove(&reseller.id).unwrap_or_default();
        locations.retain(|one| can_earn(country, Place { is_head_office: false, country: one.country }));
        locations.sort_by_key(|one| one.id != place.id);
        Partner {
            reseller: reseller.id,
            name: reseller.name,
            location: place.id,
            mpn_id: place.mpn_id,
            city: place.city,
            country,
            missing: missing(&facts, home),
            locations,
        }
    };
    Ok(rows.into_iter().map(partner).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(name: &str, mpn_id: &str) -> Location {
        Location {
            id: LocationId::new(),
            name: name.to_owned(),
            mpn_id: MpnId::parse(mpn_id).unwrap(),
            is_head_office: false,
            country: Country::parse("DE").unwrap(),
            city: name.to_owned(),
        }
    }

    #[test]
    fn a_partner_can_be_named_by_each_of_its_earning_locations_and_by_no_other() {
        let (hamburg, berlin) = (location("Hamburg", "4810233"), location("Berlin", "4810247"));
        let partner = Partner {
            reseller: OrganisationId::new(),
            name: "Brightwater IT".to_owned(),
            location: hamburg.id,
            mpn_id: hamburg.mpn_id.clone(),
            city: hamburg.city.clone(),
            country: hamburg.country,
            missing: Vec::new(),
            locations: vec![hamburg, berlin.clone()],
        };
        let there = partner.at("4810247").unwrap();
        assert_eq!((there.location, there.city.as_str()), (berlin.id, "Berlin"));
        assert_eq!(partner.at("4810233").unwrap(), partner);
        assert!(partner.at("9999999").is_none() && !partner.has(""));
    }
}
