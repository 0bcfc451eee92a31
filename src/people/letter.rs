//! The letter with the link under which a member chooses a password, and those about the address of an account.

pub mod address;

use askama::Template;

use super::store::passwords::Purpose;
use crate::access::Viewer;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::text::rendered;
use crate::session::letter::Addressee;
use crate::session::store::ends::{FORGOTTEN_PASSWORD, PASSWORD_LINK};
use crate::web::Site;

#[derive(Template)]
#[template(path = "mail/password_link_subject.txt")]
struct Subject<'a> {
    site: &'a Site,
    purpose: Purpose,
}

#[derive(Template)]
#[template(path = "mail/password_link.txt")]
struct Text<'a> {
    content: Content<'a>,
}

#[derive(Template)]
#[template(path = "mail/password_link.html")]
struct Html<'a> {
    content: Content<'a>,
}

#[derive(Clone, Copy)]
struct Content<'a> {
    /// Whoever manages people, unless the person asked for it.
    by: Option<&'a Viewer>,
    name: &'a str,
    purpose: Purpose,
    link: &'a str,
    until: &'a str,
    site: &'a Site,
}

/// The letter to a member, with the link.
///
/// # Errors
/// When a template cannot be rendered.
pub fn with_link(
    by: Option<&Viewer>,
    to: &Addressee,
    purpose: Purpose,
    (link, until): (&str, &str),
    site: &Site,
) -> Result<Letter> {
    let content = Content { by, name: &to.name, purpose, link, until, site };
    Ok(Letter {
        organisation: to.organisation.clone(),
        about: (about(purpose), to.person.to_string()),
        to: to.email.clone(),
        reply_to: by.map(|by| by.email.clone()),
        subject: rendered(&Subject { site, purpose })?,
        text: rendered(&Text { content })?,
        html: rendered(&Html { content })?,
    })
}

/// What the letter is about. One that anybody can cause is not mixed up with those that admins send.
fn about(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Invitation | Purpose::Reset => PASSWORD_LINK,
        Purpose::Forgotten => FORGOTTEN_PASSWORD,
    }
}
