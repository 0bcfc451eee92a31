//! Tells what others did, gathered.

use askama::Template;

use crate::error::Result;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::mail::letter::Letter;
use crate::notifications::model::{self, Sight, Told};
use crate::session::letters::Addressee;
use crate::values::money::grouped;
use crate::web::Site;

/// About a person.
pub const KIND: Kind = Kind { key: "digest", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "notifications/letters/digest.letter")]
struct Digest<'a> {
    to: &'a Addressee,
    organisation: &'a str,
    groups: Vec<(model::Kind, Vec<Entry<'a>>)>,
    /// How many, and how that is written.
    total: (usize, String),
    /// The event, if there is only one.
    only: Option<&'a Told>,
    left_out: Option<(usize, String)>,
    site: &'a Site,
}

struct Entry<'a> {
    told: &'a Told,
    when: String,
    link: Option<String>,
}

impl Written for Digest<'_> {
    fn envelope(&self) -> Envelope<'_> {
        self.to.envelope(&KIND, self.site)
    }
}

/// The letter to somebody of an organisation.
///
/// # Errors
/// When the template cannot be rendered.
pub fn digest(
    to: &Addressee,
    organisation: &str,
    (digest, sight): (&model::Digest, &Sight),
    site: &Site,
) -> Result<Letter> {
    let entry = |told| Entry {
        told,
        when: to.language.unwrap_or_default().time(to.zone, told.occurred_at),
        link: told.place(sight).map(|place| format!("{}{place}", site.base_url)),
    };
    let groups = digest.groups().into_iter();
    let left_out = digest.left_out();
    let counted = |number: usize| (number, grouped(&number.to_string()));
    let written = Digest {
        to,
        organisation,
        groups: groups.map(|(kind, told)| (kind, told.into_iter().map(entry).collect())).collect(),
        total: counted(digest.total),
        only: digest.told.first().filter(|_| digest.total == 1),
        left_out: (left_out > 0).then(|| counted(left_out)),
        site,
    };
    written.letter()
}
