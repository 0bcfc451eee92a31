//! Who gets the answer to a request of an organisation.

use super::profile;
use crate::access::Role;
use crate::db::Connection;
use crate::error::Result;
use crate::partners::model::contact::Contact;
use crate::people::facts::{holder, holders};
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PersonId};

/// Whoever made the request, as long as one of these roles is theirs. Otherwise a colleague who has one; if there is
/// none, the organisation's own contact.
///
/// # Errors
/// Database errors.
pub fn contact_for(
    conn: &mut Connection,
    (organisation, requester): (&OrganisationId, &PersonId),
    roles: &[Role],
) -> Result<Option<Contact>> {
    if let Some(own) = holder(conn, organisation, roles, requester)? {
        return Ok(Some(Contact {
            name: own.name,
            email: own.email,
            language: own.language,
            is_requester: true,
        }));
    }
    if let Some(other) = holders(conn, organisation, roles, 1)?.pop() {
        return Ok(Some(Contact {
            name: other.name,
            email: other.email,
            language: other.language,
            is_requester: false,
        }));
    }
    let details = profile::find(conn, organisation)?.details;
    let email = [details.contact.email, details.support.email].iter().find_map(|one| Email::parse(one).ok());
    Ok(email.map(|email| Contact { name: details.name, email, language: None, is_requester: false }))
}
