//! Asks a company to become a customer, by a personal link. What it says is the sender's, who begins with a draft.

use askama::Template;

use crate::access::Viewer;
use crate::error::Result;
use crate::invitations::store::requests::is_open;
use crate::language::Language;
use crate::links::model::{DraftText, LINK, UNTIL};
use crate::mail::compose::{Envelope, Written, draft};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind};
use crate::values::email::Email;
use crate::values::id::CustomerRequestId;
use crate::web::Site;

/// About a request, whose page shows how the letter fares.
pub const KIND: Kind = Kind { key: "customer_request", hand: Hand::Person, still_holds: is_open };

#[derive(Template)]
#[template(path = "invitations/letters/request_draft.letter")]
struct Draft<'a> {
    sender: &'a Viewer,
    /// The provider for which a reseller asks, too.
    provider: Option<&'a str>,
    site: &'a Site,
    link: &'a str,
    until: &'a str,
}

/// The text that a new request begins with, in a language, with marks in place of what is personal.
///
/// # Errors
/// When the template cannot be rendered.
pub fn begin(
    language: Language,
    (sender, provider): (&Viewer, Option<&str>),
    site: &Site,
) -> Result<DraftText> {
    let (subject, text) = draft(language, &Draft { sender, provider, site, link: LINK, until: UNTIL })?;
    Ok(DraftText { language, subject, text })
}

/// The letter that carries the link, made of the text that somebody edited.
#[derive(Template)]
#[template(path = "invitations/letters/request.letter")]
pub struct Request<'a> {
    pub sender: &'a Viewer,
    pub id: &'a CustomerRequestId,
    pub to: &'a Email,
    /// With what is personal in it.
    pub filled: &'a DraftText,
    pub link: &'a str,
    pub until: &'a str,
    pub site: &'a Site,
}

impl Written for Request<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.id.to_string(),
            organisation: &self.sender.organisation.id,
            to: self.to,
            language: self.filled.language,
            reply_to: Some(&self.sender.email),
            installation: &self.site.name,
        }
    }
}
