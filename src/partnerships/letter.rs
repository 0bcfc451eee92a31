//! The letters of this area: the request with the personal link, the answer to whoever asked, and reminders.

use askama::Template;

use super::model::Request;
use super::model::board::Eligibility;
use crate::access::Viewer;
use crate::error::Result;
use crate::links::model::{DraftText, LINK, UNTIL};
use crate::mail::face::body;
use crate::mail::letter::{Hand, Letter};
use crate::mail::text::{Paragraph, paragraphs, rendered};
use crate::partners::model::Location;
use crate::partners::model::contact::Contact;
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PartnershipRequestId};
use crate::web::Site;

/// What a letter about a request is about; its state is shown on the request's page.
pub const REQUEST: &str = "partnership_request";
/// What the answer to a request is about.
pub const ANSWER: &str = "partnership_answer";
/// What a letter with a code is about; the organisation that wants to accept sees how it fares.
pub const CODE: &str = "partnership_code";
/// What a reminder is about: the reseller that lacks something.
pub const REMINDER: &str = "eligibility_reminder";

#[derive(Template)]
#[template(path = "mail/partnership_request_subject.txt")]
struct DraftSubject<'a> {
    sender: &'a Viewer,
}

#[derive(Template)]
#[template(path = "mail/partnership_request.txt")]
struct DraftBody<'a> {
    sender: &'a Viewer,
    installation: &'a str,
    link: &'a str,
    until: &'a str,
}

/// The text that a new request begins with, with marks in place of what is personal.
///
/// # Errors
/// When a template cannot be rendered.
pub fn draft(sender: &Viewer, site: &Site) -> Result<DraftText> {
    let body = DraftBody { sender, installation: &site.name, link: LINK, until: UNTIL };
    Ok(DraftText { subject: rendered(&DraftSubject { sender })?, text: rendered(&body)? })
}

#[derive(Template)]
#[template(path = "mail/partnership_request_sent.letter")]
struct SentWords<'a> {
    paragraphs: Vec<Paragraph<'a>>,
    link: &'a str,
    sender: &'a Viewer,
    installation: &'a str,
    to: &'a str,
    until: &'a str,
}

/// The letter that carries the link, made of the text that somebody edited.
///
/// # Errors
/// When a template cannot be rendered.
pub fn request(
    sender: &Viewer,
    (id, to): (&PartnershipRequestId, &Email),
    filled: &DraftText,
    (link, until): (&str, &str),
    site: &Site,
) -> Result<Letter> {
    let installation = site.name.as_str();
    let words = SentWords {
        paragraphs: paragraphs(&filled.text, link),
        link,
        sender,
        installation,
        to: to.as_str(),
        until,
    };
    Ok(Letter {
        organisation: sender.organisation.id.clone(),
        about: (REQUEST, id.to_string()),
        to: to.clone(),
        reply_to: Some(sender.email.clone()),
        body: body(&site.name, &filled.subject, &words)?,
        subject: filled.subject.clone(),
        hand: Hand::Person,
    })
}

/// How a reseller answered.
#[derive(Clone, Copy)]
pub enum Answer<'a> {
    Accepted { location: &'a Location },
    Declined { reason: &'a str },
}

#[derive(Template)]
#[template(path = "mail/partnership_answer_subject.txt")]
struct AnswerSubject<'a> {
    by: &'a Viewer,
    answer: Answer<'a>,
}

#[derive(Template)]
#[template(path = "mail/partnership_answer.letter")]
struct AnswerWords<'a> {
    content: AnswerContent<'a>,
}

#[derive(Clone, Copy)]
struct AnswerContent<'a> {
    by: &'a Viewer,
    request: &'a Request,
    to: &'a Contact,
    answer: Answer<'a>,
    site: &'a Site,
}

impl AnswerContent<'_> {
    /// Whether somebody else answered than whom the request was sent to.
    fn is_by_other(&self) -> bool {
        self.by.email != self.request.to
    }
}

/// Tells whoever asked, or who looks after the request since, how the reseller answered.
///
/// # Errors
/// When a template cannot be rendered.
pub fn answer(
    by: &Viewer,
    (request, to): (&Request, &Contact),
    answer: Answer,
    site: &Site,
) -> Result<Letter> {
    let content = AnswerContent { by, request, to, answer, site };
    let subject = rendered(&AnswerSubject { by, answer })?;
    Ok(Letter {
        organisation: request.provider.clone(),
        about: (ANSWER, request.id.to_string()),
        to: to.email.clone(),
        reply_to: Some(by.email.clone()),
        body: body(&site.name, &subject, &AnswerWords { content })?,
        subject,
        hand: Hand::Portal,
    })
}

#[derive(Template)]
#[template(path = "mail/partnership_code_subject.txt")]
struct CodeSubject<'a> {
    content: CodeContent<'a>,
}

#[derive(Template)]
#[template(path = "mail/partnership_code.letter")]
struct CodeWords<'a> {
    content: CodeContent<'a>,
}

#[derive(Clone, Copy)]
struct CodeContent<'a> {
    by: &'a Viewer,
    provider: &'a str,
    code: &'a str,
    until: &'a str,
    site: &'a Site,
}

/// What a code is about: a request and the organisation that wants to accept it.
pub fn about_code(request: &PartnershipRequestId, organisation: &OrganisationId) -> String {
    format!("{request}/{organisation}")
}

/// Brings a code to the mailbox to which the request was sent.
///
/// # Errors
/// When a template cannot be rendered.
pub fn code(
    by: &Viewer,
    (provider, request): (&str, &Request),
    code: &str,
    until: &str,
    site: &Site,
) -> Result<Letter> {
    let content = CodeContent { by, provider, code, until, site };
    let subject = rendered(&CodeSubject { content })?;
    Ok(Letter {
        organisation: by.organisation.id.clone(),
        about: (CODE, about_code(&request.id, &by.organisation.id)),
        to: request.to.clone(),
        reply_to: Some(by.email.clone()),
        body: body(&site.name, &subject, &CodeWords { content })?,
        subject,
        hand: Hand::Portal,
    })
}

#[derive(Template)]
#[template(path = "mail/eligibility_reminder_subject.txt")]
struct ReminderSubject<'a> {
    content: Reminder<'a>,
}

#[derive(Template)]
#[template(path = "mail/eligibility_reminder.letter")]
struct ReminderWords<'a> {
    content: Reminder<'a>,
}

#[derive(Clone, Copy)]
struct Reminder<'a> {
    by: &'a Viewer,
    eligibility: &'a Eligibility,
    /// The name of who gets it.
    name: &'a str,
    site: &'a Site,
}

/// Tells one of a partner's Global admins what is missing.
///
/// # Errors
/// When a template cannot be rendered.
pub fn reminder(
    by: &Viewer,
    eligibility: &Eligibility,
    (name, to): (&str, &Email),
    site: &Site,
) -> Result<Letter> {
    let content = Reminder { by, eligibility, name, site };
    let subject = rendered(&ReminderSubject { content })?;
    Ok(Letter {
        organisation: by.organisation.id.clone(),
        about: (REMINDER, eligibility.reseller.to_string()),
        to: to.clone(),
        reply_to: Some(by.email.clone()),
        body: body(&site.name, &subject, &ReminderWords { content })?,
        subject,
        hand: Hand::Portal,
    })
}
