//! The letter that tells what others did.

use askama::Template;

use super::model::{Digest, Kind, Sight, Told};
use crate::error::Result;
use crate::mail::face::body;
use crate::mail::letter::{Hand, Letter};
use crate::mail::text::rendered;
use crate::session::letter::Addressee;
use crate::values::money::grouped;
use crate::web::Site;
use crate::web::shell::time_in;

/// What such a letter is about; the id is the person's.
pub const DIGEST: &str = "digest";

#[derive(Template)]
#[template(path = "mail/digest_subject.txt")]
struct Subject<'a> {
    content: &'a Content<'a>,
}

#[derive(Template)]
#[template(path = "mail/digest.letter")]
struct Words<'a> {
    content: &'a Content<'a>,
}

struct Content<'a> {
    to: &'a Addressee,
    organisation: &'a str,
    groups: Vec<(Kind, Vec<Entry<'a>>)>,
    total: String,
    /// The event, if there is only one.
    only: Option<&'a Told>,
    left_out: Option<String>,
    site: &'a Site,
}

struct Entry<'a> {
    told: &'a Told,
    when: String,
    link: Option<String>,
}

/// The letter to somebody of an organisation.
///
/// # Errors
/// When a template cannot be rendered.
pub fn digest(
    to: &Addressee,
    organisation: &str,
    (digest, sight): (&Digest, &Sight),
    site: &Site,
) -> Result<Letter> {
    let entry = |told| Entry {
        told,
        when: time_in(to.zone, told.occurred_at),
        link: told.place(sight).map(|place| format!("{}{place}", site.base_url)),
    };
    let groups = digest.groups().into_iter();
    let left_out = digest.left_out();
    let content = &Content {
        to,
        organisation,
        groups: groups.map(|(kind, told)| (kind, told.into_iter().map(entry).collect())).collect(),
        total: grouped(&digest.total.to_string()),
        only: digest.told.first().filter(|_| digest.total == 1),
        left_out: (left_out > 0).then(|| grouped(&left_out.to_string())),
        site,
    };
    let subject = rendered(&Subject { content })?;
    Ok(Letter {
        organisation: to.organisation.clone(),
        about: (DIGEST, to.person.to_string()),
        to: to.email.clone(),
        reply_to: None,
        body: body(&site.name, &subject, &Words { content })?,
        subject,
        hand: Hand::Portal,
    })
}
