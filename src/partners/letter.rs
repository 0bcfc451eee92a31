//! The letters of this area: to whoever runs the portal, when an organisation takes a name that another one has.

use askama::Template;

use super::store::namesakes::Namesake;
use crate::access::Viewer;
use crate::error::Result;
use crate::mail::face::body;
use crate::mail::letter::{Hand, Letter};
use crate::mail::text::rendered;
use crate::values::email::Email;
use crate::values::id::OrganisationId;
use crate::web::Site;

/// What such a letter is about: the organisation that took the name.
pub const NAMESAKE: &str = "namesake";

#[derive(Clone, Copy)]
struct Content<'a> {
    by: &'a Viewer,
    /// The name that was taken.
    taken: &'a str,
    namesakes: &'a [Namesake],
    /// The name of who gets it.
    name: &'a str,
    site: &'a Site,
}

#[derive(Template)]
#[template(path = "mail/namesake_subject.txt")]
struct Subject<'a> {
    content: Content<'a>,
}

#[derive(Template)]
#[template(path = "mail/namesake.letter")]
struct Words<'a> {
    content: Content<'a>,
}

/// The letter to one of the operator's Global admins.
///
/// # Errors
/// When a template cannot be rendered.
pub fn namesake(
    by: &Viewer,
    (taken, namesakes): (&str, &[Namesake]),
    operator: &OrganisationId,
    (name, to): (&str, &Email),
    site: &Site,
) -> Result<Letter> {
    let content = Content { by, taken, namesakes, name, site };
    let subject = rendered(&Subject { content })?;
    Ok(Letter {
        organisation: operator.clone(),
        about: (NAMESAKE, by.organisation.id.to_string()),
        to: to.clone(),
        reply_to: Some(by.email.clone()),
        body: body(&site.name, &subject, &Words { content })?,
        subject,
        hand: Hand::Portal,
    })
}
