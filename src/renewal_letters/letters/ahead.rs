//! What renews and ends next.

use askama::Template;

use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::session::letters::Addressee;
use crate::subscriptions::model::renewal::Renewal;
use crate::web::Site;

/// About a person.
pub const KIND: Kind = Kind { key: "renewals_ahead", hand: Hand::Portal, still_holds: always };

#[derive(Template)]
#[template(path = "renewal_letters/letters/ahead.letter")]
pub struct Ahead<'a> {
    pub to: &'a Addressee,
    /// The name of the addressee's organisation.
    pub organisation: &'a str,
    /// So far the letter looks.
    pub days: u64,
    /// The soonest first.
    pub renewals: Vec<Renewal>,
    /// Whether there are more than these.
    pub has_more: bool,
    pub site: &'a Site,
}

impl Ahead<'_> {
    fn day(&self, renewal: &Renewal) -> String {
        self.to.language.unwrap_or_default().long_date(renewal.subscription.renews_on)
    }

    fn ending(&self) -> impl Iterator<Item = &Renewal> {
        self.renewals.iter().filter(|renewal| !renewal.renews())
    }

    fn renewing(&self) -> impl Iterator<Item = &Renewal> {
        self.renewals.iter().filter(|renewal| renewal.renews())
    }
}

impl Written for Ahead<'_> {
    fn envelope(&self) -> Envelope<'_> {
        self.to.envelope(&KIND, self.site)
    }
}
