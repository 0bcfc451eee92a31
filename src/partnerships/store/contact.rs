//! Who at a provider gets the answer to a request, and can be asked about it.

use crate::access::permission::RequestPartnerships;
use crate::access::store::{holder, holders};
use crate::access::{OrganisationKind, Permission as _};
use crate::db::Connection;
use crate::error::Result;
use crate::partners::store::profile;
use crate::partnerships::model::Request;
use crate::partnerships::model::contact::Contact;
use crate::values::email::Email;

/// Whoever asked. If that person is gone or lost the right, a colleague who has it; if there is none, the
/// organisation's own contact.
///
/// # Errors
/// Database errors.
pub fn contact_for(conn: &mut Connection, request: &Request) -> Result<Option<Contact>> {
    let (provider, roles) = (&request.provider, RequestPartnerships::roles_in(OrganisationKind::Provider));
    if let Some((name, email)) = holder(conn, provider, roles, &request.requested_by)? {
        return Ok(Some(Contact { name, email, is_requester: true }));
    }
    if let Some((name, email)) = holders(conn, provider, roles, 1)?.pop() {
        return Ok(Some(Contact { name, email, is_requester: false }));
    }
    let details = profile::find(conn, provider)?.details;
    let email = [details.contact.email, details.support.email].iter().find_map(|one| Email::parse(one).ok());
    Ok(email.map(|email| Contact { name: details.name, email, is_requester: false }))
}
