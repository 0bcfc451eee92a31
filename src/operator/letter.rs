//! The letters of this area: to those who speak for an organisation, when it is suspended or may go on, and test letters.

use askama::Template;

use crate::access::Viewer;
use crate::error::Result;
use crate::mail::face::body;
use crate::mail::letter::{Hand, Letter};
use crate::mail::text::rendered;
use crate::values::email::Email;
use crate::values::id::OrganisationId;
use crate::web::Site;

/// What such a letter is about.
pub const SUSPENSION: &str = "suspension";
/// What a test letter is about; it never stands in the outbox.
const TEST: &str = "test_letter";

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
#[template(path = "mail/suspension.letter")]
struct Words<'a> {
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
    let subject = rendered(&Subject { content })?;
    Ok(Letter {
        organisation: by.organisation.id.clone(),
        about: (SUSPENSION, id.to_string()),
        to: to.clone(),
        reply_to: Some(by.email.clone()),
        body: body(&site.name, &subject, &Words { content })?,
        subject,
        hand: Hand::Portal,
    })
}

#[derive(Template)]
#[template(path = "mail/test_letter_subject.txt")]
struct TestSubject<'a> {
    site: &'a Site,
}

#[derive(Template)]
#[template(path = "mail/test_letter.letter")]
struct TestWords<'a> {
    by: &'a Viewer,
    site: &'a Site,
}

/// The letter that shows whether letters arrive.
///
/// # Errors
/// When a template cannot be rendered.
pub fn test(by: &Viewer, to: &Email, site: &Site) -> Result<Letter> {
    let subject = rendered(&TestSubject { site })?;
    Ok(Letter {
        organisation: by.organisation.id.clone(),
        about: (TEST, by.person.to_string()),
        to: to.clone(),
        reply_to: Some(by.email.clone()),
        body: body(&site.name, &subject, &TestWords { by, site })?,
        subject,
        hand: Hand::Portal,
    })
}
