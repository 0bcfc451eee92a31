//! Asks a customer for the agreement, by a personal link. What it says is the sender's, who begins with a draft.

use askama::Template;

use crate::access::Viewer;
use crate::agreements::letters::REQUEST;
use crate::agreements::model::{self, Party};
use crate::error::Result;
use crate::language::Language;
use crate::links::model::{DraftText, LINK, UNTIL};
use crate::mail::compose::{Envelope, Written, draft};
use crate::mail::filters;
use crate::web::Site;

#[derive(Template)]
#[template(path = "consents/letters/request_draft.letter")]
struct Draft<'a> {
    sender: &'a Viewer,
    party: &'a Party,
    site: &'a Site,
    link: &'a str,
    until: &'a str,
}

/// The text that a new request begins with, in a language, with marks in place of what is personal.
///
/// # Errors
/// When the template cannot be rendered.
pub fn begin(language: Language, sender: &Viewer, party: &Party, site: &Site) -> Result<DraftText> {
    let (subject, text) = draft(language, &Draft { sender, party, site, link: LINK, until: UNTIL })?;
    Ok(DraftText { language, subject, text })
}

/// The letter that carries the link, made of the text that somebody edited.
#[derive(Template)]
#[template(path = "consents/letters/request.letter")]
pub struct Request<'a> {
    pub sender: &'a Viewer,
    pub request: &'a model::Request,
    /// With what is personal in it.
    pub filled: &'a DraftText,
    pub link: &'a str,
    pub until: &'a str,
    pub site: &'a Site,
}

impl Written for Request<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &REQUEST,
            about: self.request.id.to_string(),
            organisation: &self.request.provider,
            to: &self.request.party.email,
            language: self.filled.language,
            reply_to: Some(&self.sender.email),
            installation: &self.site.name,
        }
    }
}
