//! A new organisation with everything that it says of itself at the beginning.

use diesel::prelude::*;

use crate::db::schema::{locations, organisations};
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::partners::model::founding::Founding;
use crate::values::moment::Moment;
use crate::values::name::{name_key, sort_name};

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
            organisations::id.eq(&organisation.id),
            organisations::kind.eq(organisation.kind),
            organisations::name.eq(&organisation.name),
            organisations::sort_name.eq(sort_name(&organisation.name)),
            organisations::name_key.eq(name_key(&organisation.name)),
            organisations::country.eq(organisation.country),
            organisations::currency.eq(organisation.currency),
            organisations::state.eq(organisation.state),
            organisations::created_at.eq(now),
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
    unless_taken(conn, |conn| {
        diesel::insert_into(locations::table)
            .values((
                locations::id.eq(&location.id),
                locations::organisation_id.eq(&organisation.id),
                locations::name.eq(&location.name),
                locations::sort_name.eq(sort_name(&location.name)),
                locations::mpn_id.eq(&location.mpn_id),
                locations::is_head_office.eq(location.is_head_office),
                locations::country.eq(location.country),
                locations::city.eq(&location.city),
                locations::created_at.eq(now),
                locations::address_line1.eq(&address.line_1),
                locations::address_line2.eq(&address.line_2),
                locations::address_state.eq(&address.state),
                locations::postal_code.eq(&address.postal_code),
                locations::contact_name.eq(contact.name(organisation.country)),
                locations::contact_email.eq(&contact.email),
                locations::contact_phone.eq(&contact.phone),
            ))
            .execute(conn)
    })
}
