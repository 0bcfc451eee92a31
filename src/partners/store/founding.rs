//! A new organisation with everything that it says of itself at the beginning.

use diesel::prelude::*;

use super::{add, add_location};
use crate::db::Connection;
use crate::db::schema::{locations, organisations};
use crate::error::Result;
use crate::partners::model::founding::Founding;
use crate::values::country::Country;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// So many organisations of a name or a mail domain are named.
const MOST: i64 = 5;

/// Adds an organisation with its first location. Answers `false` when a location has that MPN ID already; then the
/// caller's transaction must not be kept.
///
/// # Errors
/// Database errors.
pub fn found(conn: &mut Connection, new: &Founding, now: Moment) -> Result<bool> {
    add(conn, &new.organisation, now)?;
    let (address, contact) = (&new.address, &new.contact);
    diesel::update(organisations::table.find(&new.organisation.id))
        .set((
            organisations::address_line1.eq(&address.line_1),
            organisations::address_line2.eq(&address.line_2),
            organisations::city.eq(&address.city),
            organisations::address_state.eq(&address.state),
            organisations::postal_code.eq(&address.postal_code),
            organisations::contact_first_name.eq(&contact.first_name),
            organisations::contact_last_name.eq(&contact.last_name),
            organisations::contact_email.eq(&contact.email),
            organisations::contact_phone.eq(&contact.phone),
        ))
        .execute(conn)?;
    if !add_location(conn, &new.organisation.id, &new.location, now)? {
        return Ok(false);
    }
    diesel::update(locations::table.find(&new.location.id))
        .set((
            locations::address_line1.eq(&address.line_1),
            locations::address_line2.eq(&address.line_2),
            locations::address_state.eq(&address.state),
            locations::postal_code.eq(&address.postal_code),
            locations::contact_name.eq(contact.name()),
            locations::contact_email.eq(&contact.email),
            locations::contact_phone.eq(&contact.phone),
        ))
        .execute(conn)?;
    Ok(true)
}

/// Some organisations of this name in this country, however it is written.
///
/// # Errors
/// Database errors.
pub fn namesakes(
    conn: &mut Connection,
    name: &str,
    country: Country,
) -> Result<Vec<(OrganisationId, String)>> {
    Ok(organisations::table
        .filter(organisations::sort_name.eq(sort_name(name)))
        .filter(organisations::country.eq(country))
        .order(organisations::id)
        .select((organisations::id, organisations::name))
        .limit(MOST)
        .load(conn)?)
}
