//! Enrolments: how far one has come, and what may be done with it.

use chrono_tz::Tz;

use crate::access::OrganisationKind;
use crate::language::Language;
use crate::partners::model::founding::{Contact, Founding};
use crate::partners::model::{Location, Organisation, OrganisationState};
use crate::session::tally::{Network, Subject};
use crate::text_enum;
use crate::values::address::Address;
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{EnrolmentId, LocationId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;

/// For how many days a link holds; each letter with a link begins them anew.
pub const LINK_DAYS: i64 = 30;
/// What nobody handed in, or mended after a refusal, is deleted so many days after its link has expired.
pub const KEPT_DAYS: i64 = 30;

text_enum! {
    /// As what a company enrols.
    pub enum Kind {
        Provider = "provider",
        Reseller = "reseller",
    }
}

impl Kind {
    pub fn organisation(self) -> OrganisationKind {
        match self {
            Self::Provider => OrganisationKind::Provider,
            Self::Reseller => OrganisationKind::Reseller,
        }
    }
}

text_enum! {
    /// How far an enrolment has come.
    pub enum State {
        /// A letter with a link is on its way.
        Started = "started",
        /// Somebody came by the link: the address is theirs.
        Proven = "proven",
        /// Handed in; the operator decides.
        Waiting = "waiting",
        Approved = "approved",
        /// Refused with a reason; may be mended and handed in again.
        Refused = "refused",
    }
}

/// A company on its way to become an organisation.
#[derive(Clone, Debug)]
pub struct Enrolment {
    pub id: EnrolmentId,
    pub kind: Kind,
    pub state: State,
    pub state_since: Moment,
    /// Who began it, under which address; the account will have it.
    pub person_name: String,
    pub email: Email,
    pub token_hash: TokenHash,
    pub expires_at: Moment,
    /// As typed so far, as JSON.
    pub form: String,
    /// What the lists show; empty until it is typed.
    pub company_name: String,
    pub country: String,
    /// Of the account to come; gone once there is one.
    pub password_hash: Option<PasswordHash>,
    pub sealed_next: Option<String>,
    pub refusal_reason: String,
    pub started_at: Moment,
    pub handed_in_at: Option<Moment>,
    pub decided_at: Option<Moment>,
    pub decided_by_name: Option<String>,
    pub organisation: Option<OrganisationId>,
    pub version: i32,
    /// In which letters about it are written.
    pub language: Language,
}

impl Enrolment {
    /// Whether the applicant may change what is typed.
    pub fn is_editable(&self) -> bool {
        matches!(self.state, State::Proven | State::Refused)
    }

    pub fn is_expired(&self, now: Moment) -> bool {
        self.expires_at <= now
    }
}

/// Everything that was typed, once all of it is right.
#[derive(Clone, Debug)]
pub struct Details {
    pub company: String,
    pub country: Country,
    pub address: Address,
    pub contact: Contact,
    pub location: String,
    pub mpn_id: MpnId,
    pub person_name: String,
    pub zone: Tz,
}

impl Details {
    /// The organisation that an approval makes.
    pub fn founding(&self, kind: Kind, organisation: &OrganisationId, location: &LocationId) -> Founding {
        let country = self.country;
        Founding {
            organisation: Organisation {
                id: *organisation,
                kind: kind.organisation(),
                name: self.company.clone(),
                country,
                currency: country.billing_currency(),
                state: OrganisationState::Enrolled,
            },
            address: self.address.clone(),
            contact: self.contact.clone(),
            location: Location {
                id: *location,
                name: self.location.clone(),
                mpn_id: self.mpn_id.clone(),
                is_head_office: false,
                country,
                city: self.address.city.clone(),
            },
        }
    }
}

/// Why an enrolment that waits cannot be approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The location of this organisation has the MPN ID already.
    MpnIdTaken { by: String },
    /// Somebody else, or the applicant by another way, has an account with the email address.
    EmailTaken,
    /// What was typed no longer keeps to the rules, such as after an update of the country tables.
    Incomplete,
}

/// How often the same address is written to, and a network and the one around it may ask: nobody's mailbox is flooded.
pub fn counted_by(email: &Email, network: &Network) -> Vec<Subject> {
    vec![
        Subject::with_rate(&["enrolment to", &email.without_tag()], 3, 3600),
        Subject::with_rate(&["enrolment from", network.as_str()], 20, 180),
        Subject::with_rate(&["enrolment from around", network.wider()], 60, 60),
        Subject::with_rate(&["enrolment from the holder of", network.holder()], 240, 15),
    ]
}

/// How often anybody at all may ask, so that a flood from everywhere does not drown the installation. It takes twenty
/// holders of address space to come near, and whoever was invited by a partner is not counted.
pub fn counted_with_all() -> Subject {
    Subject::with_rate(&["enrolment"], 5_000, 2)
}

/// How often a password is hashed, which is work: for an enrolment, and for a network.
pub fn hashing_counted_by(enrolment: &EnrolmentId, network: &Network) -> Vec<Subject> {
    vec![
        Subject::with_rate(&["enrolment password of", enrolment.as_str()], 10, 60),
        Subject::with_rate(&["enrolment password from", network.as_str()], 40, 15),
    ]
}
