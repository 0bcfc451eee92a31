//! What an organisation says of itself.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::ManageOrganisation;
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::{organisations, partnerships};
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::partners::model::profile::{Contact, Details, Profile, Support};
use crate::values::address::Address;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::name::{name_key, sort_name};

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
    (version, wanted): (i32, &Details),
    warning: Option<&Warning>,
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
            organisations::name_key.eq(name_key(&wanted.name)),
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
        .with(changes(&profile.details.fields(profile.country), &wanted.fields(profile.country)));
    activity::store::record(conn, by, &entry, now)?;
    if let Some(warning) = warning {
        warn(conn, by, (warning, &wanted.name), now)?;
    }
    Ok(Changed::Done)
}

/// What whoever runs the portal is told of a name that another organisation has.
#[derive(Clone, Debug)]
pub struct Warning {
    pub operator: OrganisationId,
    pub letters: Vec<(LetterId, Letter)>,
    /// The names of the others, as they write them.
    pub names: Vec<String>,
}

fn warn(
    conn: &mut Connection,
    by: &Allowed<ManageOrganisation>,
    (warning, name): (&Warning, &str),
    now: Moment,
) -> Result<()> {
    for (id, letter) in &warning.letters {
        outbox::put(conn, id, letter, now)?;
    }
    let entry = Entry::new(Action::UpdateOrganisation, "organisation", &by.organisation.id, name)
        .with([Change::new("name", &by.organisation.name, name)])
        .with(warning.names.iter().map(|other| Change::set("called_like", other)));
    activity::store::record_for(conn, &warning.operator, by, &entry, now)
}

/// What differs between two lists of the same fields.
pub(super) fn changes(old: &[(&'static str, &str)], new: &[(&'static str, &str)]) -> Vec<Change> {
    let pairs = old.iter().zip(new).filter(|(old, new)| old.1 != new.1);
    pairs.map(|((field, old), (_, new))| Change::new(field, old, new)).collect()
}
