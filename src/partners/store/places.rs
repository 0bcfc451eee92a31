//! The locations of the viewer's organisation.

use diesel::prelude::*;

use super::profile::{Changed, changes};
use super::rows::LocationAddress;
use crate::access::Allowed;
use crate::access::permission::ManageLocations;
use crate::activity::{self, Action, Change, Entry};
use crate::db::schema::locations;
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::partners::facts::LocationRow;
use crate::partners::model::location::{FullLocation, LocationDetails};
use crate::values::country::Country;
use crate::values::id::{LocationId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::name::sort_name;
use crate::web::pager::{Page, Portion, ascending, keyset};

/// A location to be added.
#[derive(Clone, Debug)]
pub struct NewLocation {
    /// Chosen by the page, so that sending it twice adds one.
    pub id: LocationId,
    pub mpn_id: MpnId,
    pub is_head_office: bool,
    pub details: LocationDetails,
}

/// What came of adding a location.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    Now,
    /// The same page was sent before.
    Before,
    /// The same page was sent before, with another location in it.
    BeforeWithAnother,
    /// Another location of the installation has the MPN ID.
    MpnIdTaken,
    /// There is a head office already.
    SecondHeadOffice,
}

/// A location with all that is said of it, as its columns are.
#[derive(Queryable, Selectable)]
#[diesel(table_name = locations)]
struct Row {
    id: LocationId,
    mpn_id: MpnId,
    is_head_office: bool,
    country: Country,
    name: String,
    #[diesel(embed)]
    address: LocationAddress,
    contact_name: String,
    contact_email: String,
    contact_phone: String,
    version: i32,
}

impl From<Row> for FullLocation {
    fn from(row: Row) -> Self {
        let details = LocationDetails {
            name: row.name,
            address: row.address.into(),
            contact: row.contact_name,
            email: row.contact_email,
            phone: row.contact_phone,
        };
        Self {
            id: row.id,
            mpn_id: row.mpn_id,
            is_head_office: row.is_head_office,
            country: row.country,
            details,
            version: row.version,
        }
    }
}

/// A page of locations by name.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    by: &Allowed<ManageLocations>,
    portion: &Portion,
) -> Result<Page<FullLocation>> {
    let own = locations::table.filter(locations::organisation_id.eq(&by.organisation.id)).into_boxed();
    let page: Page<Row> = keyset(conn, own, ascending(locations::sort_name, locations::id), portion)?;
    Ok(page.map(FullLocation::from))
}

/// A location of an organisation.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is another organisation's; database errors.
pub fn find(conn: &mut Connection, organisation: &OrganisationId, id: &LocationId) -> Result<FullLocation> {
    let own = locations::table.find(id).filter(locations::organisation_id.eq(organisation));
    let row: Row = own.select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// The name of the head office, if the organisation has said which one it is.
///
/// # Errors
/// Database errors.
pub fn head_office_of(conn: &mut Connection, organisation: &OrganisationId) -> Result<Option<String>> {
    Ok(locations::table
        .filter(locations::organisation_id.eq(organisation))
        .filter(locations::is_head_office.eq(true))
        .select(locations::name)
        .first(conn)
        .optional()?)
}

/// Adds a location in the organisation's own country.
///
/// # Errors
/// Database errors.
pub fn add(
    conn: &mut Connection,
    by: &Allowed<ManageLocations>,
    new: &NewLocation,
    now: Moment,
) -> Result<Added> {
    let own = &by.organisation;
    let sent_before = locations::table
        .find(&new.id)
        .filter(locations::organisation_id.eq(&own.id))
        .select(LocationRow::as_select());
    match sent_before.first::<LocationRow>(conn).optional()? {
        Some(sent) if sent.mpn_id == new.mpn_id && sent.is_head_office == new.is_head_office => {
            return Ok(Added::Before);
        }
        Some(_) => return Ok(Added::BeforeWithAnother),
        None => {}
    }
    if new.is_head_office && head_office_of(conn, &own.id)?.is_some() {
        return Ok(Added::SecondHeadOffice);
    }
    let details = &new.details;
    let is_new = unless_taken(
        conn,
        diesel::insert_into(locations::table).values((
            (
                locations::id.eq(&new.id),
                locations::organisation_id.eq(&own.id),
                locations::mpn_id.eq(&new.mpn_id),
                locations::is_head_office.eq(new.is_head_office),
                locations::country.eq(own.country),
                locations::created_at.eq(now),
            ),
            (locations::name.eq(&details.name), locations::sort_name.eq(sort_name(&details.name))),
            LocationAddress::from(&details.address),
            locations::contact_name.eq(&details.contact),
            locations::contact_email.eq(&details.email),
            locations::contact_phone.eq(&details.phone),
        )),
    )?;
    if !is_new {
        return Ok(Added::MpnIdTaken);
    }
    let head_office = new.is_head_office.then(|| Change::set("head_office", "yes"));
    let (nothing, country) = (LocationDetails::default(), by.organisation.country);
    let entry = Entry::new(Action::AddLocation, "location", new.id, &details.name)
        .with([Change::set("mpn_id", &new.mpn_id)])
        .with(head_office)
        .with(changes(&nothing.fields(country), &details.fields(country)));
    activity::store::record(conn, by, &entry, now)?;
    Ok(Added::Now)
}

/// Changes what may change of a location.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is another organisation's; database errors.
pub fn change(
    conn: &mut Connection,
    by: &Allowed<ManageLocations>,
    (id, version): (&LocationId, i32),
    wanted: &LocationDetails,
    now: Moment,
) -> Result<Changed> {
    let old = find(conn, &by.organisation.id, id)?;
    if old.details == *wanted {
        return Ok(Changed::Same);
    }
    let met = diesel::update(locations::table.find(id).filter(locations::version.eq(version)))
        .set((
            (locations::name.eq(&wanted.name), locations::sort_name.eq(sort_name(&wanted.name))),
            LocationAddress::from(&wanted.address),
            locations::contact_name.eq(&wanted.contact),
            locations::contact_email.eq(&wanted.email),
            locations::contact_phone.eq(&wanted.phone),
            locations::version.eq(locations::version + 1),
        ))
        .execute(conn)?;
    if met == 0 {
        return Ok(Changed::Stale);
    }
    let entry = Entry::new(Action::UpdateLocation, "location", id, &wanted.name)
        .with(changes(&old.details.fields(old.country), &wanted.fields(old.country)));
    activity::store::record(conn, by, &entry, now)?;
    Ok(Changed::Done)
}
