//! The letters about the address of an account: a link to the one that is to be proved, and one to the old mailbox.

use askama::Template;

use crate::access::Viewer;
use crate::error::Result;
use crate::mail::face::body;
use crate::mail::letter::{Hand, Letter};
use crate::mail::text::rendered;
use crate::people::store::address::ADDRESS_OBJECTION;
use crate::session::store::ends::ADDRESS_LINK;
use crate::values::email::Email;
use crate::values::id::LetterId;
use crate::web::Site;

/// What a letter is for.
#[derive(Clone, Copy, Debug)]
pub enum Turn<'a> {
    /// The account's own address is to be proved.
    Prove,
    /// The reader's address is to take the place of another one.
    TakeOver { old: &'a str },
    /// Another address is to take the place of the reader's.
    Object { new: &'a str },
}

#[derive(Template)]
#[template(path = "mail/address_subject.txt")]
struct Subject<'a> {
    turn: Turn<'a>,
    site: &'a Site,
}

#[derive(Template)]
#[template(path = "mail/address.letter")]
struct Words<'a> {
    content: Content<'a>,
}

#[derive(Clone, Copy)]
struct Content<'a> {
    name: &'a str,
    turn: Turn<'a>,
    link: &'a str,
    until: &'a str,
    site: &'a Site,
}

/// A letter to an address, about the viewer's account.
///
/// # Errors
/// When a template cannot be rendered.
pub fn letter(
    viewer: &Viewer,
    to: &Email,
    turn: Turn,
    (link, until): (&str, &str),
    site: &Site,
) -> Result<(LetterId, Letter)> {
    let content = Content { name: &viewer.name, turn, link, until, site };
    let subject = rendered(&Subject { turn, site })?;
    let kind = if matches!(turn, Turn::Object { .. }) { ADDRESS_OBJECTION } else { ADDRESS_LINK };
    let letter = Letter {
        organisation: viewer.organisation.id.clone(),
        about: (kind, viewer.person.to_string()),
        to: to.clone(),
        reply_to: None,
        body: body(&site.name, &subject, &Words { content })?,
        subject,
        hand: Hand::Portal,
    };
    Ok((LetterId::new(), letter))
}
