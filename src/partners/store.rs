//! Queries about organisations and locations.

pub mod admins;
pub mod agreements;
pub mod companies;
pub mod contact;
pub mod directory;
pub mod earners;
pub mod eligibility;
pub mod founding;
pub mod namesakes;
pub mod operator;
pub mod places;
pub mod profile;
mod rows;
pub mod second_factor;
pub mod suspension;

use diesel::prelude::*;

use super::facts::{LocationRow, OrganisationRow, is_partner};
use super::model::{Location, Organisation, OrganisationState};
use crate::access::OrganisationKind;
use crate::db::schema::{locations, organisations};
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::values::country::{Country, Region};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use rows::{NewLocation, NewOrganisation};

/// The organisation of this id. Organisations are no secret between partners; what belongs to them is.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, id: &OrganisationId) -> Result<Organisation> {
    let row: OrganisationRow =
        organisations::table.find(id).select(OrganisationRow::as_select()).first(conn)?;
    Ok(row.into())
}

/// The partner or operator of exactly this name, if there is one.
///
/// # Errors
/// Database errors.
pub fn find_by_name(conn: &mut Connection, name: &str) -> Result<Option<Organisation>> {
    let id: Option<OrganisationId> = organisations::table
        .filter(organisations::name.eq(name))
        .filter(is_partner())
        .order(organisations::created_at)
        .select(organisations::id)
        .first(conn)
        .optional()?;
    id.map(|id| find(conn, &id)).transpose()
}

/// The locations of an organisation by name.
///
/// # Errors
/// Database errors.
pub fn locations_of(conn: &mut Connection, organisation: &OrganisationId) -> Result<Vec<Location>> {
    let rows: Vec<LocationRow> = locations::table
        .filter(locations::organisation_id.eq(organisation))
        .order((locations::sort_name, locations::id))
        .select(LocationRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Location::from).collect())
}

/// Whose location has this MPN ID, with the location.
///
/// # Errors
/// Database errors.
pub fn location_of(conn: &mut Connection, mpn_id: &MpnId) -> Result<Option<(OrganisationId, Location)>> {
    let row: Option<LocationRow> = locations::table
        .filter(locations::mpn_id.eq(mpn_id))
        .select(LocationRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(|row| (row.organisation_id, row.into())))
}

/// Whether an enrolled provider is in the region.
///
/// # Errors
/// Database errors.
pub fn is_served(conn: &mut Connection, region: Region) -> Result<bool> {
    let countries: Vec<Country> = Country::in_region(region).collect();
    let provider = organisations::table
        .filter(organisations::state.eq(OrganisationState::Enrolled))
        .filter(organisations::kind.eq(OrganisationKind::Provider))
        .filter(organisations::country.eq_any(countries))
        .select(organisations::id);
    Ok(provider.first::<OrganisationId>(conn).optional()?.is_some())
}

/// Adds an organisation.
///
/// # Errors
/// Database errors.
pub fn add(conn: &mut Connection, organisation: &Organisation, now: Moment) -> Result<()> {
    diesel::insert_into(organisations::table).values(NewOrganisation::of(organisation, now)).execute(conn)?;
    Ok(())
}

/// Adds a location; answers `false` when its MPN ID belongs to another one.
///
/// # Errors
/// Database errors.
pub fn add_location(
    conn: &mut Connection,
    organisation: &OrganisationId,
    location: &Location,
    now: Moment,
) -> Result<bool> {
    unless_taken(
        conn,
        diesel::insert_into(locations::table).values(NewLocation::of(organisation, location, now)),
    )
}

/// Whether an organisation is enrolled and not suspended.
pub fn is_enrolled(organisation: &Organisation) -> bool {
    organisation.state == OrganisationState::Enrolled
}
