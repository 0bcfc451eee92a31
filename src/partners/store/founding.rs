//! A new organisation with everything that it says of itself at the beginning.

use diesel::prelude::*;

use super::rows::{ContactColumns, NewLocation, NewOrganisation, OrganisationAddress};
use crate::db::schema::{locations, organisations};
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::partners::model::founding::Founding;
use crate::values::moment::Moment;

/// Adds an organisation with its first location. Answers `false` when a location has that MPN ID already; then the
/// caller's transaction must not be kept.
///
/// # Errors
/// Database errors.
pub fn found(conn: &mut Connection, new: &Founding, now: Moment) -> Result<bool> {
    let (organisation, location) = (&new.organisation, &new.location);
    let (address, contact) = (&new.address, &new.contact);
    diesel::insert_into(organisations::table)
        .values((
            NewOrganisation::of(organisation, now),
            OrganisationAddress::from(address),
            ContactColumns {
                contact_first_name: contact.first_name.clone(),
                contact_last_name: contact.last_name.clone(),
                contact_email: contact.email.to_string(),
                contact_phone: contact.phone.clone(),
            },
        ))
        .execute(conn)?;
    unless_taken(
        conn,
        diesel::insert_into(locations::table).values((
            NewLocation::of(&organisation.id, location, now),
            locations::address_line1.eq(&address.line_1),
            locations::address_line2.eq(&address.line_2),
            locations::address_state.eq(&address.state),
            locations::postal_code.eq(&address.postal_code),
            locations::contact_name.eq(contact.name(organisation.country)),
            locations::contact_email.eq(&contact.email),
            locations::contact_phone.eq(&contact.phone),
        )),
    )
}
