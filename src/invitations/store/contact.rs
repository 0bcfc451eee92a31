//! Who of the organisation that asked gets the answer, and can be asked about the request.

use crate::access::Permission as _;
use crate::access::permission::InviteCustomers;
use crate::db::Connection;
use crate::error::Result;
use crate::invitations::model::Request;
use crate::partners;
use crate::partners::model::contact::Contact;

/// Whoever asked, or somebody in their place.
///
/// # Errors
/// Database errors.
pub fn contact_for(conn: &mut Connection, request: &Request) -> Result<Option<Contact>> {
    let roles = InviteCustomers::roles_in(request.asker_kind());
    partners::store::contact::contact_for(conn, (request.asker(), &request.requested_by), roles)
}
