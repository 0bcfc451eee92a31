//! Asking and answering, for pages of this area and of others.

use crate::access::Viewer;
use crate::agreements::model::Party;
use crate::agreements::store::requests::NewRequest;
use crate::error::Result;
use crate::values::id::AgreementRequestId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::Site;

/// A request to this company, with its link, before anything is kept.
///
/// # Errors
/// When the letter cannot be drafted.
pub fn prepare(sender: &Viewer, site: &Site, party: Party, now: Moment) -> Result<(NewRequest, Token)> {
    let token = Token::random();
    let new = NewRequest {
        id: AgreementRequestId::new(),
        text: super::letters::request::begin(sender, &party, site)?,
        party,
        token_hash: token.hash(),
        expires_at: now.plus_days(site.link_days),
    };
    Ok((new, token))
}

/// Under which name the link waits in the cookie of whoever drafts the letter.
pub fn link_name(id: &AgreementRequestId) -> String {
    format!("agreement-link:{id}")
}
