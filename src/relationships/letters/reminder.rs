//! Reminds either side of delegations that end on the same day.

use askama::Template;
use chrono::NaiveDate;

use crate::customers::store::delegations::Ending;
use crate::mail::compose::{Envelope, Written};
use crate::mail::filters;
use crate::mail::kind::{Hand, Kind, always};
use crate::people::facts::RoleHolder;
use crate::values::id::OrganisationId;
use crate::web::Site;

/// About the first of the delegations.
pub const KIND: Kind = Kind { key: "delegation_reminder", hand: Hand::Portal, still_holds: always };

/// So many customers are named.
const NAMED: usize = 20;

#[derive(Template)]
#[template(path = "relationships/letters/reminder.letter")]
pub struct Reminder<'a> {
    /// Whose letter it is.
    pub organisation: &'a OrganisationId,
    /// The name of the other side.
    pub other: &'a str,
    pub due: &'a [Ending],
    pub to: &'a RoleHolder,
    /// Whether the reseller reads it; otherwise the provider does, who can prolong.
    pub is_reseller: bool,
    pub site: &'a Site,
}

impl Reminder<'_> {
    fn ends_on(&self) -> Option<NaiveDate> {
        self.due.first().and_then(|ending| ending.delegation.ends_on)
    }

    fn day(&self) -> String {
        self.ends_on().map(|day| self.to.language.unwrap_or_default().long_date(day)).unwrap_or_default()
    }

    fn named(&self) -> impl Iterator<Item = &Ending> {
        self.due.iter().take(NAMED)
    }

    fn further(&self) -> usize {
        self.due.len().saturating_sub(NAMED)
    }
}

impl Written for Reminder<'_> {
    fn envelope(&self) -> Envelope<'_> {
        Envelope {
            kind: &KIND,
            about: self.due.first().map(|ending| ending.delegation.id.to_string()).unwrap_or_default(),
            organisation: self.organisation,
            to: &self.to.email,
            language: self.to.language.unwrap_or_default(),
            reply_to: None,
            installation: &self.site.name,
        }
    }
}
