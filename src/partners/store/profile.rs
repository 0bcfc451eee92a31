//! What an organisation says of itself.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::ManageOrganisation;
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::{organisations, partnerships};
use crate::error::Result;
use crate::partners::model::profile::{Contact, Details, Profile, Support};
use crate::values::address::Address;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    Done,
    /// It is like that already.
    Same,
    /// Somebody else was faster.
    Stale,
}

/// The profile of an organisation.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn find(conn: &mut Connection, id: &OrganisationId) -> Result<Profile> {
    let (own, address, contact, support) = organisations::table
        .find(id)
        .select((
            (
                organisations::kind,
                organisations::country,
                organisations::currency,
                organisations::state,
                organisations::created_at,
                organisations::name,
                organisations::version,
            ),
            (
                organisations::address_line1,
                organisations::address_line2,
                organisations::city,
                organisations::address_state,
                organisations::postal_code,
            ),
            (
                organisations::contact_first_name,
                organisations::contact_last_name,
                organisations::contact_email,
                organisations::contact_phone,
            ),
            (organisations::support_email, organisations::support_telephone, organisations::support_website),
        ))
        .first(conn)?;
    let (kind, country, currency, state, created_at, name, version) = own;
    let (line_1, line_2, city, address_state, postal_code) = address;
    let (first_name, last_name, contact_email, phone) = contact;
    let (email, telephone, website) = support;
    let details = Details {
        name,
        address: Address { line_1, line_2, city, state: address_state, postal_code },
        contact: Contact { first_name, last_name, email: contact_email, phone },
        support: Support { email, telephone, website },
    };
    Ok(Profile { id: id.clone(), kind, country, currency, state, created_at, details, version })
}

/// Changes what the viewer's organisation says of itself.
///
/// # Errors
/// Database errors.
pub fn change(
    conn: &mut Connection,
    by: &Allowed<ManageOrganisation>,
    version: i32,
    wanted: &Details,
    now: Moment,
) -> Result<Changed> {
    let id = &by.organisation.id;
    let profile = find(conn, id)?;
    if profile.details == *wanted {
        return Ok(Changed::Same);
    }
    let (address, contact, support) = (&wanted.address, &wanted.contact, &wanted.support);
    let met = diesel::update(organisations::table.find(id).filter(organisations::version.eq(version)))
        .set((
            (organisations::name.eq(&wanted.name), organisations::sort_name.eq(sort_name(&wanted.name))),
            (
                organisations::address_line1.eq(&address.line_1),
                organisations::address_line2.eq(&address.line_2),
                organisations::city.eq(&address.city),
                organisations::address_state.eq(&address.state),
                organisations::postal_code.eq(&address.postal_code),
            ),
            (
                organisations::contact_first_name.eq(&contact.first_name),
                organisations::contact_last_name.eq(&contact.last_name),
                organisations::contact_email.eq(&contact.email),
                organisations::contact_phone.eq(&contact.phone),
            ),
            (
                organisations::support_email.eq(&support.email),
                organisations::support_telephone.eq(&support.telephone),
                organisations::support_website.eq(&support.website),
            ),
            organisations::version.eq(organisations::version + 1),
        ))
        .execute(conn)?;
    if met == 0 {
        return Ok(Changed::Stale);
    }
    // Providers list their resellers by this name.
    diesel::update(partnerships::table.filter(partnerships::reseller_id.eq(id)))
        .set(partnerships::reseller_sort_name.eq(sort_name(&wanted.name)))
        .execute(conn)?;
    let entry = Entry::new(Action::UpdateOrganisation, "organisation", id, &wanted.name)
        .with(changes(&profile.details.fields(), &wanted.fields()));
    activity::store::record(conn, by, &entry, now)?;
    Ok(Changed::Done)
}

/// What differs between two lists of the same fields.
pub(super) fn changes(old: &[(&'static str, &str)], new: &[(&'static str, &str)]) -> Vec<Change> {
    let pairs = old.iter().zip(new).filter(|(old, new)| old.1 != new.1);
    pairs.map(|((field, old), (_, new))| Change::new(field, old, new)).collect()
}
