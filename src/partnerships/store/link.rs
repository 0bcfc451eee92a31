//! What a mailed link leads to, for whoever opens it.

use super::contact::contact_for;
use super::requests::{By, request};
use crate::access::permission::AuthorizeProviders;
use crate::access::{Permission as _, Viewer};
use crate::db::Connection;
use crate::error::Result;
use crate::partners;
use crate::partners::model::contact::Contact;
use crate::partners::model::{Location, Organisation};
use crate::partners::store::eligibility::facts_of;
use crate::partnerships::directory;
use crate::partnerships::model::{Obstacle, Request, can_take_part, obstacle};
use crate::people::facts;
use crate::values::id::PartnershipRequestId;
use crate::values::token::TokenHash;

/// So many colleagues who could answer are named.
const COLLEAGUES: i64 = 5;

/// A request and who made it.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub request: Request,
    pub provider: Organisation,
    /// Who at the provider gets the answer.
    pub contact: Option<Contact>,
}

/// Where a signed-in person's organisation stands towards an invitation.
#[derive(Clone, Debug)]
pub struct Situation {
    pub own: Organisation,
    pub are_partners: bool,
    pub obstacle: Option<Obstacle>,
    /// The locations by which the organisation may take part.
    pub locations: Vec<Location>,
    /// The version of the partner agreement that it still has to accept, so that orders can name it.
    pub unsigned: Option<i32>,
}

/// The invitation behind a link.
///
/// # Errors
/// Database errors.
pub fn invitation(conn: &mut Connection, token: &TokenHash) -> Result<Option<Invitation>> {
    let Some(request) = request(conn, By::Token(token))? else { return Ok(None) };
    whole(conn, request).map(Some)
}

/// The invitation of this id, if it was sent to somebody who is active in the viewer's organisation.
///
/// # Errors
/// Database errors.
pub fn addressed(
    conn: &mut Connection,
    viewer: &Viewer,
    id: &PartnershipRequestId,
) -> Result<Option<Invitation>> {
    let found = request(conn, By::Addressed(id, &viewer.organisation.id))?;
    found.map(|request| whole(conn, request)).transpose()
}

fn whole(conn: &mut Connection, request: Request) -> Result<Invitation> {
    let provider = partners::store::find(conn, &request.provider)?;
    let contact = contact_for(conn, &request)?;
    Ok(Invitation { request, provider, contact })
}

/// Where the viewer's organisation stands towards it.
///
/// # Errors
/// Database errors.
pub fn situation(conn: &mut Connection, viewer: &Viewer, invitation: &Invitation) -> Result<Situation> {
    let own = partners::store::find(conn, &viewer.organisation.id)?;
    let all = partners::store::locations_of(conn, &own.id)?;
    let are_partners = directory::find_partner(conn, &invitation.provider.id, &own.id)?.is_some();
    let facts = facts_of(conn, &own.id)?;
    let obstacle = obstacle(&invitation.provider, &own, are_partners, &facts);
    let locations = all.into_iter().filter(|location| can_take_part(&own, location)).collect();
    Ok(Situation { own, are_partners, obstacle, locations, unsigned: facts.unsigned })
}

/// The names of some colleagues who may answer.
///
/// # Errors
/// Database errors.
pub fn colleagues_who_may(conn: &mut Connection, viewer: &Viewer) -> Result<Vec<String>> {
    let roles = AuthorizeProviders::roles_in(viewer.organisation.kind);
    let holders = facts::holders(conn, &viewer.organisation.id, roles, COLLEAGUES)?;
    Ok(holders.into_iter().map(|holder| holder.name).collect())
}
