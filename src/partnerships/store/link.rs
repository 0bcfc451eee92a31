//! What a mailed link leads to, for whoever opens it.

use diesel::prelude::*;

use super::requests::{By, request};
use crate::access::permission::AuthorizeProviders;
use crate::access::{Permission as _, Viewer};
use crate::db::Connection;
use crate::db::schema::{people, person_roles};
use crate::error::Result;
use crate::partners;
use crate::partners::model::{Location, Organisation};
use crate::partners::store::eligibility::facts_of;
use crate::partnerships::directory;
use crate::partnerships::model::{Obstacle, Request, can_take_part, obstacle};
use crate::values::token::TokenHash;

/// So many colleagues who could answer are named.
const COLLEAGUES: i64 = 5;

/// A request and who made it.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub request: Request,
    pub provider: Organisation,
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
    let provider = partners::store::find(conn, &request.provider)?;
    Ok(Some(Invitation { request, provider }))
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
    let roles = AuthorizeProviders::GRANTS
        .iter()
        .filter(|(kind, _)| *kind == viewer.organisation.kind)
        .flat_map(|(_, roles)| roles.iter().copied());
    let holders =
        person_roles::table.filter(person_roles::role.eq_any(roles)).select(person_roles::person_id);
    Ok(people::table
        .filter(people::organisation_id.eq(&viewer.organisation.id))
        .filter(people::state.eq("active"))
        .filter(people::id.eq_any(holders))
        .order((people::name, people::id))
        .select(people::name)
        .limit(COLLEAGUES)
        .load(conn)?)
}
