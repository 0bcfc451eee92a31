//! The letters of this area: the request with the personal link, and the answer to whoever asked.

use askama::Template;

use crate::access::Viewer;
use crate::agreements::model::{Party, Request, Subject};
use crate::agreements::store::requests::{ANSWER, Answer, REQUEST, Verdict};
use crate::error::Result;
use crate::links::model::{DraftText, LINK, UNTIL};
use crate::mail::face::body;
use crate::mail::letter::{Hand, Letter};
use crate::mail::text::{Paragraph, paragraphs, rendered};
use crate::partners::model::contact::Contact;
use crate::paths;
use crate::values::email::Email;
use crate::web::Site;

#[derive(Template)]
#[template(path = "mail/agreement_request_subject.txt")]
struct DraftSubject<'a> {
    party: &'a Party,
}

#[derive(Template)]
#[template(path = "mail/agreement_request.txt")]
struct DraftBody<'a> {
    sender: &'a Viewer,
    party: &'a Party,
    installation: &'a str,
    link: &'a str,
    until: &'a str,
}

/// The text that a new request begins with, with marks in place of what is personal.
///
/// # Errors
/// When a template cannot be rendered.
pub fn draft(sender: &Viewer, party: &Party, site: &Site) -> Result<DraftText> {
    let body = DraftBody { sender, party, installation: &site.name, link: LINK, until: UNTIL };
    Ok(DraftText { subject: rendered(&DraftSubject { party })?, text: rendered(&body)? })
}

#[derive(Template)]
#[template(path = "mail/agreement_request_sent.letter")]
struct SentWords<'a> {
    paragraphs: Vec<Paragraph<'a>>,
    link: &'a str,
    sender: &'a Viewer,
    installation: &'a str,
    to: &'a Email,
    until: &'a str,
}

/// The letter that carries the link, made of the text that somebody edited.
///
/// # Errors
/// When a template cannot be rendered.
pub fn request(
    sender: &Viewer,
    request: &Request,
    filled: &DraftText,
    (link, until): (&str, &str),
    site: &Site,
) -> Result<Letter> {
    let (installation, to) = (site.name.as_str(), &request.party.email);
    let words =
        SentWords { paragraphs: paragraphs(&filled.text, link), link, sender, installation, to, until };
    Ok(Letter {
        organisation: request.provider.clone(),
        about: (REQUEST, request.id.to_string()),
        to: request.party.email.clone(),
        reply_to: Some(sender.email.clone()),
        body: body(&site.name, &filled.subject, &words)?,
        subject: filled.subject.clone(),
        hand: Hand::Person,
    })
}

#[derive(Template)]
#[template(path = "mail/agreement_answer_subject.txt")]
struct AnswerSubject<'a> {
    content: Content<'a>,
}

#[derive(Template)]
#[template(path = "mail/agreement_answer.letter")]
struct AnswerWords<'a> {
    content: Content<'a>,
}

#[derive(Clone, Copy)]
struct Content<'a> {
    to: &'a Contact,
    request: &'a Request,
    answer: &'a Answer,
    /// The version that was accepted.
    version: Option<i32>,
    site: &'a Site,
}

impl Content<'_> {
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

/// Tells whoever asked, or a colleague in their place, how the customer answered.
///
/// # Errors
/// When a template cannot be rendered.
pub fn answer(
    to: &Contact,
    request: &Request,
    (answer, version): (&Answer, Option<i32>),
    site: &Site,
) -> Result<Letter> {
    let content = Content { to, request, answer, version, site };
    let subject = rendered(&AnswerSubject { content })?;
    Ok(Letter {
        organisation: request.provider.clone(),
        about: (ANSWER, request.id.to_string()),
        to: to.email.clone(),
        reply_to: Some(request.party.email.clone()),
        body: body(&site.name, &subject, &AnswerWords { content })?,
        subject,
        hand: Hand::Portal,
    })
}
