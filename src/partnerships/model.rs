//! Partnerships, requests for them, and the rules by which a request may be accepted.

pub mod board;
pub mod code;

use crate::access::OrganisationKind;
use crate::links::model::{DraftText, Progress, RequestState, Standing};
use crate::partners::model::eligibility::{Facts, Missing, Place, can_earn, missing};
use crate::partners::model::{Location, Organisation, OrganisationState};
use crate::text_enum;
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PartnershipId, PartnershipRequestId, PersonId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::web::Count;

text_enum! {
    pub enum PartnershipState {
        Active = "active",
        Removed = "removed",
    }
}

/// A reseller in the list of its provider.
#[derive(Clone, Debug)]
pub struct Reseller {
    pub partnership: PartnershipId,
    pub id: OrganisationId,
    pub name: String,
    pub sort_name: String,
    pub mpn_id: MpnId,
    pub country: Country,
    pub since: Moment,
    /// How many of the provider's customers it administers.
    pub customers: Count,
    pub accepted: Accepted,
}

/// How a partnership came about.
#[derive(Clone, Debug)]
pub struct Accepted {
    pub by: String,
    /// To whom the request was sent, where somebody else accepted it.
    pub sent_to: Option<Email>,
}

impl Accepted {
    /// Who accepted; to which address the request was sent, and with which one it was answered, as far as that is known.
    pub fn of(by: String, sent_to: Option<Email>, answered_with: Option<&Email>) -> Self {
        let is_other = answered_with.is_some() && answered_with != sent_to.as_ref();
        Self { by, sent_to: sent_to.filter(|_| is_other) }
    }
}

/// A provider in the list of its reseller.
#[derive(Clone, Debug)]
pub struct Provider {
    pub partnership: PartnershipId,
    pub id: OrganisationId,
    pub name: String,
    pub country: Country,
    /// The reseller's own MPN ID in this partnership.
    pub mpn_id: MpnId,
    pub since: Moment,
    /// How many of its customers it delegated to the reseller.
    pub customers: Count,
    pub accepted: Accepted,
}

/// A request that waits for an answer of the organisation whose people it was sent to.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub id: PartnershipRequestId,
    pub provider: String,
    pub country: Country,
    pub to: Email,
    pub since: Moment,
    pub until: Moment,
}

/// What somebody wrote of a request that is not sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    pub to: Email,
    pub text: DraftText,
    pub addressee_only: bool,
}

/// A request for a partnership.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: PartnershipRequestId,
    pub provider: OrganisationId,
    pub requested_by: PersonId,
    pub requested_by_name: String,
    pub requested_by_email: Email,
    pub to: Email,
    pub draft: DraftText,
    /// Whether it takes a code from the mailbox of that address to accept.
    pub addressee_only: bool,
    pub progress: Progress,
    pub answered_by_name: Option<String>,
    /// The address with which whoever answered signs in.
    pub answered_by_email: Option<Email>,
    pub reseller: Option<OrganisationId>,
    pub reseller_name: Option<String>,
    pub decline_reason: Option<String>,
    pub version: i32,
}

impl Request {
    pub fn standing(&self, now: Moment) -> Standing {
        self.progress.standing(now)
    }

    /// What stands in its form.
    pub fn drafted(&self) -> Drafted {
        Drafted { to: self.to.clone(), text: self.draft.clone(), addressee_only: self.addressee_only }
    }

    /// Whether a new link can be made: only for what nobody has answered or withdrawn.
    pub fn is_renewable(&self) -> bool {
        self.progress.is_open()
    }

    /// The address of whoever answered, where that is not the one to which the request was sent.
    pub fn answered_by_other(&self) -> Option<&Email> {
        self.answered_by_email.as_ref().filter(|email| **email != self.to)
    }

    pub fn is_accepted_by(&self, organisation: &OrganisationId) -> bool {
        self.progress.state == RequestState::Accepted && self.reseller.as_ref() == Some(organisation)
    }
}

/// Why an organisation cannot accept a request that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The provider asked itself.
    OwnOrganisation,
    /// Only indirect resellers can accept.
    WrongKind(OrganisationKind),
    AlreadyPartners,
    ProviderSuspended,
    NotEnrolled,
    Suspended,
    OtherRegion,
    /// No location but the head office, or none in the organisation's own country.
    NoLocation,
}

/// What stands between a provider's request and an organisation, if anything does.
pub fn obstacle(
    provider: &Organisation,
    own: &Organisation,
    are_partners: bool,
    facts: &Facts,
) -> Option<Obstacle> {
    if provider.id == own.id {
        Some(Obstacle::OwnOrganisation)
    } else if own.kind != OrganisationKind::Reseller {
        Some(Obstacle::WrongKind(own.kind))
    } else if are_partners {
        Some(Obstacle::AlreadyPartners)
    } else if provider.state != OrganisationState::Enrolled {
        Some(Obstacle::ProviderSuspended)
    } else {
        missing(facts, provider.country).into_iter().find_map(Obstacle::of)
    }
}

impl Obstacle {
    /// Whether the request can be declined all the same: that opens nothing.
    pub fn lets_decline(self) -> bool {
        self == Self::Suspended
    }

    /// What a reseller lacks, where it keeps it from entering a partnership. The agreement has to be accepted before
    /// an order names the reseller, no sooner.
    fn of(lack: Missing) -> Option<Self> {
        match lack {
            Missing::Enrolment => Some(Self::NotEnrolled),
            Missing::LiftedSuspension => Some(Self::Suspended),
            Missing::SameRegion => Some(Self::OtherRegion),
            Missing::EarningLocation => Some(Self::NoLocation),
            Missing::Agreement { .. } => None,
        }
    }
}

/// Whether a reseller can enter a partnership with a location: the head office's MPN ID earns nothing,
/// and an MPN ID only counts in the country of the account.
pub fn can_take_part(own: &Organisation, location: &Location) -> bool {
    can_earn(own.country, Place { is_head_office: location.is_head_office, country: location.country })
}

#[cfg(test)]
mod tests;
