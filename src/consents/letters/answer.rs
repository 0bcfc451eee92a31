//! Tells whoever asked, or a colleague in their place, how the customer answered.

use askama::Template;

use crate::agreements::model::{Request, Subject};
use crate::agreements::store::requests::{self, Verdict};
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::partners::model::contact::Contact;
use crate::paths;
use crate::web::Site;

/// About a request.
pub const KIND: Kind = Kind { key: "agreement_answer", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "consents/letters/answer.letter")]
pub struct Answer<'a> {
    pub to: &'a Contact,
    pub request: &'a Request,
    pub answer: &'a requests::Answer,
    /// The version that was accepted.
    pub version: Option<i32>,
    pub site: &'a Site,
}

impl Answer<'_> {
    /// Who answered, as one name.
    fn answerer(&self) -> String {
        self.request.party.named(&self.answer.first_name, &self.answer.last_name)
    }

    /// The reason of a refusal; none for an acceptance.
    fn reason(&self) -> Option<&str> {
        match &self.answer.verdict {
            Verdict::Accepted(_) => None,
            Verdict::Declined(reason) => Some(reason),
        }
    }

    /// Where the reader goes on.
    fn place(&self) -> String {
        let path = match (&self.answer.verdict, self.request.subject()) {
            (Verdict::Accepted(_), Some(Subject::Draft(draft))) => paths::orders::draft_subscriptions(&draft),
            _ => paths::consents::request(&self.request.id),
        };
        format!("{}{path}", self.site.base_url)
    }
}

impl Written for Answer<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.request.id.to_string(),
            organisation: &self.request.provider,
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: Some(&self.request.party.email),
            installation: &self.site.name,
        }
    }
}
