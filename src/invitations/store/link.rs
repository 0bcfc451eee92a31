//! What a mailed link leads to, for whoever opens it.

use super::contact::contact_for;
use super::hindrance::hindrance;
use super::requests::{By, request};
use crate::db::Connection;
use crate::error::Result;
use crate::invitations::model::{Hindrance, Request};
use crate::links::model::Standing;
use crate::partners;
use crate::partners::model::Organisation;
use crate::partners::model::contact::Contact;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// A request, and who made it for whom.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub request: Request,
    pub provider: Organisation,
    /// The reseller that asks for the provider and for itself.
    pub reseller: Option<Organisation>,
    /// Who of those who ask gets the answer.
    pub contact: Option<Contact>,
    /// What keeps it from being accepted now.
    pub hindrance: Option<Hindrance>,
}

impl Invitation {
    /// Who asks.
    pub fn asker(&self) -> &Organisation {
        self.reseller.as_ref().unwrap_or(&self.provider)
    }

    /// Whether somebody can go on to accept.
    pub fn is_answerable(&self, now: Moment) -> bool {
        self.request.standing(now) == Standing::Open && self.hindrance.is_none()
    }
}

/// The request behind a link.
///
/// # Errors
/// Database errors.
pub fn invitation(conn: &mut Connection, token: &TokenHash) -> Result<Option<Invitation>> {
    let Some(request) = request(conn, By::Token(token))? else { return Ok(None) };
    let provider = partners::store::find(conn, &request.provider)?;
    let reseller = request.reseller.as_ref().map(|id| partners::store::find(conn, id)).transpose()?;
    let contact = contact_for(conn, &request)?;
    let hindrance = hindrance(conn, &request.provider, request.reseller.as_ref())?;
    Ok(Some(Invitation { request, provider, reseller, contact, hindrance }))
}
