//! Who at a provider gets the answer to a partnership request, and can be asked about it.

use crate::access::permission::RequestPartnerships;
use crate::access::{OrganisationKind, Permission as _};
use crate::db::Connection;
use crate::error::Result;
use crate::partners;
use crate::partners::model::contact::Contact;
use crate::partnerships::model::Request;

/// Whoever asked, or somebody in their place.
///
/// # Errors
/// Database errors.
pub fn contact_for(conn: &mut Connection, request: &Request) -> Result<Option<Contact>> {
    let roles = RequestPartnerships::roles_in(OrganisationKind::Provider);
    partners::store::contact::contact_for(conn, (&request.provider, &request.requested_by), roles)
}
