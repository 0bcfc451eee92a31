//! What decides whether resellers can be named: for one, or for as many as stand on a page, in the same few queries.

use std::collections::{HashMap, HashSet};

use diesel::dsl::{auto_type, exists, not};
use diesel::prelude::*;

use super::{find, locations_of};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::{agreement_acceptances, locations, organisations};
use crate::error::Result;
use crate::partners::facts::LocationRow;
use crate::partners::model::agreement::Audience;
use crate::partners::model::eligibility::{Facts, Place, can_earn};
use crate::partners::model::{Location, OrganisationState};
use crate::partners::store::agreements::current_version;
use crate::values::country::Country;
use crate::values::id::{AgreementId, OrganisationId};

/// Which resellers have accepted the reseller agreement that holds.
pub struct Signatures {
    /// The version that holds, if one was ever published.
    version: Option<i32>,
    signed: HashSet<OrganisationId>,
}

impl Signatures {
    /// The version that this reseller still has to accept.
    pub fn unsigned_by(&self, reseller: &OrganisationId) -> Option<i32> {
        self.version.filter(|_| !self.signed.contains(reseller))
    }
}

/// Who of these resellers has accepted what holds.
///
/// # Errors
/// Database errors.
pub fn signatures<'a>(
    conn: &mut Connection,
    resellers: impl IntoIterator<Item = &'a OrganisationId>,
) -> Result<Signatures> {
    let Some(current) = current_version(conn, Audience::Reseller)? else {
        return Ok(Signatures { version: None, signed: HashSet::new() });
    };
    let signed: Vec<OrganisationId> = agreement_acceptances::table
        .filter(is_among(agreement_acceptances::organisation_id, resellers))
        .filter(agreement_acceptances::agreement_id.eq(&current.id))
        .select(agreement_acceptances::organisation_id)
        .load(conn)?;
    Ok(Signatures { version: Some(current.number), signed: signed.into_iter().collect() })
}

/// The locations of each of these resellers that are no head office, by name.
///
/// # Errors
/// Database errors.
pub fn earning_locations<'a>(
    conn: &mut Connection,
    resellers: impl IntoIterator<Item = &'a OrganisationId>,
) -> Result<HashMap<OrganisationId, Vec<Location>>> {
    let rows: Vec<LocationRow> = locations::table
        .filter(is_among(locations::organisation_id, resellers))
        .filter(locations::is_head_office.eq(false))
        .order((locations::sort_name, locations::id))
        .select(LocationRow::as_select())
        .load(conn)?;
    let mut found: HashMap<OrganisationId, Vec<Location>> = HashMap::new();
    for row in rows {
        found.entry(row.organisation_id).or_default().push(row.into());
    }
    Ok(found)
}

/// What [`missing`](crate::partners::model::eligibility::missing) says of a reseller and the location by which it takes
/// part, but the agreement, in the words of the database: it needs the joins with both.
#[auto_type]
pub fn lacks_of_itself(home: Country) -> _ {
    let region: Vec<Country> = Country::in_region(home.region()).collect();
    let enrolled: OrganisationState = OrganisationState::Enrolled;
    organisations::state
        .ne(enrolled)
        .or(organisations::country.ne_all(region))
        .or(locations::is_head_office.eq(true))
        .or(locations::country.ne(organisations::country))
}

/// That the reseller has not accepted this agreement: it needs the join with its organisation.
#[auto_type]
pub fn has_not_accepted(agreement: AgreementId) -> _ {
    not(exists(
        agreement_acceptances::table
            .filter(agreement_acceptances::organisation_id.eq(organisations::id))
            .filter(agreement_acceptances::agreement_id.eq(agreement)),
    ))
}

/// The facts about one reseller that takes part by this location.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn facts_at(conn: &mut Connection, reseller: &OrganisationId, location: &Location) -> Result<Facts> {
    let organisation = find(conn, reseller)?;
    let unsigned = signatures(conn, [reseller])?.unsigned_by(reseller);
    Ok(Facts {
        state: organisation.state,
        country: organisation.country,
        location: Some(place(location)),
        unsigned,
    })
}

/// The facts about one reseller that may take part by any of its locations.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn facts_of(conn: &mut Connection, reseller: &OrganisationId) -> Result<Facts> {
    let organisation = find(conn, reseller)?;
    let places: Vec<Place> = locations_of(conn, reseller)?.iter().map(place).collect();
    let best = places.iter().find(|place| can_earn(organisation.country, **place)).or(places.first());
    let unsigned = signatures(conn, [reseller])?.unsigned_by(reseller);
    Ok(Facts { state: organisation.state, country: organisation.country, location: best.copied(), unsigned })
}

fn place(location: &Location) -> Place {
    Place { is_head_office: location.is_head_office, country: location.country }
}
