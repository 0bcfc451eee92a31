//! The letters of this area: to those who speak for an organisation, when it is suspended or may go on.

use askama::Template;

use crate::access::Viewer;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::text::rendered;
use crate::values::email::Email;
use crate::values::id::OrganisationId;
use crate::web::Site;

/// What such a letter is about.
pub const SUSPENSION: &str = "suspension";

/// What happened.
#[derive(Clone, Copy)]
pub enum Turn<'a> {
    Suspended { reason: &'a str },
    Resumed,
}

#[derive(Clone, Copy)]
struct Content<'a> {
    by: &'a Viewer,
    site: &'a Site,
    /// The name of the organisation.
    organisation: &'a str,
    /// The name of who gets it.
    name: &'a str,
    turn: Turn<'a>,
}

#[derive(Template)]
#[template(path = "mail/suspension_subject.txt")]
struct Subject<'a> {
    content: Content<'a>,
}

#[derive(Template)]
#[template(path = "mail/suspension.txt")]
struct Text<'a> {
    content: Content<'a>,
}

#[derive(Template)]
#[template(path = "mail/suspension.html")]
struct Html<'a> {
    content: Content<'a>,
}

/// The letter to one of an organisation's Global admins.
///
/// # Errors
/// When a template cannot be rendered.
pub fn suspension(
    by: &Viewer,
    (id, organisation): (&OrganisationId, &str),
    (name, to): (&str, &Email),
    turn: Turn,
    site: &Site,
) -> Result<Letter> {
    let content = Content { by, site, organisation, name, turn };
    Ok(Letter {
        organisation: by.organisation.id.clone(),
        about: (SUSPENSION, id.to_string()),
        to: to.clone(),
        reply_to: Some(by.email.clone()),
        subject: rendered(&Subject { content })?,
        text: rendered(&Text { content })?,
        html: rendered(&Html { content })?,
    })
}
