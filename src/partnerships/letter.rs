//! The letters of this area: the request with the personal link, the answer to whoever asked, and reminders.

use askama::Template;

use super::model::board::Eligibility;
use super::model::{DraftText, LINK, Request, UNTIL};
use crate::access::Viewer;
use crate::error::{Error, Result};
use crate::mail::letter::Letter;
use crate::mail::text::{Line, paragraphs};
use crate::partners::model::Location;
use crate::values::email::Email;
use crate::web::Site;

/// What a letter about a request is about; its state is shown on the request's page.
pub const REQUEST: &str = "partnership_request";
/// What the answer to a request is about.
pub const ANSWER: &str = "partnership_answer";
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
#[template(path = "mail/partnership_request_sent.txt")]
struct SentText<'a> {
    text: &'a str,
    sender: &'a Viewer,
    installation: &'a str,
    to: &'a str,
    until: &'a str,
}

#[derive(Template)]
#[template(path = "mail/partnership_request_sent.html")]
struct SentHtml<'a> {
    paragraphs: Vec<Vec<Line<'a>>>,
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
    request: &Request,
    filled: &DraftText,
    link: &str,
    until: &str,
    site: &Site,
) -> Result<Letter> {
    let (installation, to) = (site.name.as_str(), request.to.as_str());
    let text = SentText { text: &filled.text, sender, installation, to, until };
    let paragraphs = paragraphs(&filled.text, link);
    let html = SentHtml { paragraphs, link, sender, installation, to, until };
    Ok(Letter {
        organisation: request.provider.clone(),
        about: (REQUEST, request.id.to_string()),
        to: request.to.clone(),
        reply_to: Some(sender.email.clone()),
        subject: filled.subject.clone(),
        text: rendered(&text)?,
        html: rendered(&html)?,
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
#[template(path = "mail/partnership_answer.txt")]
struct AnswerText<'a> {
    by: &'a Viewer,
    request: &'a Request,
    answer: Answer<'a>,
    site: &'a Site,
}

#[derive(Template)]
#[template(path = "mail/partnership_answer.html")]
struct AnswerHtml<'a> {
    by: &'a Viewer,
    request: &'a Request,
    answer: Answer<'a>,
    site: &'a Site,
}

/// Tells whoever asked how the reseller answered.
///
/// # Errors
/// When a template cannot be rendered.
pub fn answer(by: &Viewer, request: &Request, answer: Answer, site: &Site) -> Result<Letter> {
    Ok(Letter {
        organisation: request.provider.clone(),
        about: (ANSWER, request.id.to_string()),
        to: request.requested_by_email.clone(),
        reply_to: Some(by.email.clone()),
        subject: rendered(&AnswerSubject { by, answer })?,
        text: rendered(&AnswerText { by, request, answer, site })?,
        html: rendered(&AnswerHtml { by, request, answer, site })?,
    })
}

#[derive(Template)]
#[template(path = "mail/eligibility_reminder_subject.txt")]
struct ReminderSubject<'a> {
    content: Reminder<'a>,
}

#[derive(Template)]
#[template(path = "mail/eligibility_reminder.txt")]
struct ReminderText<'a> {
    content: Reminder<'a>,
}

#[derive(Template)]
#[template(path = "mail/eligibility_reminder.html")]
struct ReminderHtml<'a> {
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
    Ok(Letter {
        organisation: by.organisation.id.clone(),
        about: (REMINDER, eligibility.reseller.to_string()),
        to: to.clone(),
        reply_to: Some(by.email.clone()),
        subject: rendered(&ReminderSubject { content })?,
        text: rendered(&ReminderText { content })?,
        html: rendered(&ReminderHtml { content })?,
    })
}

fn rendered(template: &impl Template) -> Result<String> {
    let text = template.render().map_err(|error| Error::Internal(error.into()))?;
    Ok(text.trim().to_owned())
}
