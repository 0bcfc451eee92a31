//! A customer.

mod address;
mod block;
mod delegation;
mod demand;
pub mod listing;
mod person;
pub mod search;

use chrono::NaiveDate;

pub use block::Block;
pub use delegation::{Delegation, REMINDERS, stage};
pub use demand::{Demanded, Readiness};

use self::listing::Standing;
use crate::access::Reach;
use crate::agreements::model::{Party, Request};
use crate::catalog::model::Qualification;
use crate::links::model::RequestState;
use crate::text_enum;
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::folding;
use crate::values::id::{CustomerAgreementId, CustomerId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::money::Money;

text_enum! {
    /// Whether the customer agreement is in place.
    pub enum AgreementState {
        /// The customer accepted it, or the provider attested that.
        Accepted = "accepted",
        /// The customer is asked; until then nothing can be ordered.
        Awaited = "awaited",
    }
}

/// Who accepted the customer agreement, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    Accepted {
        first_name: String,
        last_name: String,
        email: Email,
        phone: String,
        on: NaiveDate,
        proof: Proof,
    },
    Awaited,
}

/// How it is known that a customer accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Somebody of the provider attested it.
    Attested,
    /// The customer did it itself, by its personal link; which version, where a text was published.
    Itself { version: Option<i32>, text: Option<CustomerAgreementId> },
}

/// An acceptance of the customer agreement, as it was recorded.
#[derive(Clone, Debug)]
pub struct Acceptance {
    pub first_name: String,
    pub last_name: String,
    pub email: Email,
    pub phone: String,
    pub on: NaiveDate,
    /// Who of the provider attested it; none where the customer did it itself, by its link.
    pub attested_by: Option<String>,
    /// Which version, where that is known, and the text.
    pub version: Option<i32>,
    pub text: Option<CustomerAgreementId>,
    pub recorded_at: Moment,
}

impl Account {
    /// Somebody who accepted for it, as one name.
    pub fn accepter(&self, acceptance: &Acceptance) -> String {
        self.party().named(&acceptance.first_name, &acceptance.last_name)
    }

    /// Who is asked to accept the customer agreement.
    pub fn party(&self) -> Party {
        Party {
            company_name: self.company_name.clone(),
            country: self.country,
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            email: self.email.clone(),
        }
    }
}

impl Agreement {
    pub fn is_accepted(&self) -> bool {
        matches!(self, Self::Accepted { .. })
    }

    /// What was accepted by a personal link; none of a request that was not.
    pub fn of(request: &Request) -> Option<Self> {
        let at = request.progress.answered_at.filter(|_| request.progress.state == RequestState::Accepted)?;
        let (first_name, last_name) = request.answered_by.clone();
        Some(Self::Accepted {
            first_name,
            last_name,
            email: request.party.email.clone(),
            phone: String::new(),
            on: at.day(),
            proof: Proof::Itself { version: request.agreement_version, text: request.agreement },
        })
    }

    /// Whether the customer accepted by itself. Nobody else changes that.
    pub fn is_by_customer(&self) -> bool {
        matches!(self, Self::Accepted { proof: Proof::Itself { .. }, .. })
    }
}

/// What is kept of a customer's account; every part has passed the rules of its country.
#[derive(Clone, Debug)]
pub struct Account {
    pub company_name: String,
    /// The whole primary domain. It can never be changed.
    pub domain: String,
    pub country: Country,
    pub address_line1: String,
    pub address_line2: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
    pub first_name: String,
    pub middle_name: String,
    pub last_name: String,
    pub email: Email,
    pub phone: String,
    pub registration_id: String,
    /// Language and place of communication, such as `de-DE`.
    pub culture: String,
    pub qualification: Qualification,
    /// The provider's code for a customer in the Government Community Cloud; empty for others.
    pub validation_code: String,
    pub agreement: Agreement,
}

/// A customer of a provider: the account that the provider has of a company.
#[derive(Clone, Debug)]
pub struct Customer {
    pub id: CustomerId,
    pub provider: OrganisationId,
    /// The company's organisation, whose people sign in.
    pub company: OrganisationId,
    pub account: Account,
    pub created_at: Moment,
    /// When the provider's relationship with it ended. Nothing new begins for it any more.
    pub ended_at: Option<Moment>,
    /// Who ended it; empty as long as it lasts.
    pub ended_by: String,
    /// Whether the provider administers the account, beside ordering and billing.
    pub is_delegated: bool,
    /// Since when it does not, because the customer took that away.
    pub undelegated_at: Option<Moment>,
    pub version: i32,
}

impl Customer {
    /// Whether it is not administered by its provider, and did not take that away itself: then it can agree to it, and
    /// the provider record that.
    pub fn can_agree(&self) -> bool {
        !self.is_delegated && self.undelegated_at.is_none()
    }

    /// Whether whoever has this reach administers the account, beside what it sells.
    pub fn is_administered_within(&self, reach: &Reach) -> bool {
        self.is_delegated || !matches!(reach, Reach::Provider(_))
    }
}

/// All that a reseller learns of a customer whose subscription names it, unless it administers the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glimpse {
    pub id: CustomerId,
    pub company_name: String,
    pub domain: String,
    pub country: Country,
    /// Whether the whole customer is within the viewer's reach: only then its other pages open.
    pub is_held: bool,
}

/// A customer as the list shows it.
#[derive(Clone, Debug)]
pub struct CustomerRow {
    pub customer: Customer,
    /// Who deals with the customer besides the viewer: for a provider's people the resellers that administer
    /// it, for a reseller's people its provider.
    pub partners: Vec<String>,
    /// Since when the viewer's organisation has the customer.
    pub since: Moment,
    /// What its active subscriptions cost a month, in each currency; the provider's first.
    pub worth: Vec<Money>,
    /// The first day on which something of it ends, where that is soon.
    pub ending_on: Option<NaiveDate>,
}

impl CustomerRow {
    /// What it is worth a month, without the currencies in which that is nothing.
    pub fn amounts(&self) -> Vec<Money> {
        self.worth.iter().copied().filter(|month| month.minor != 0).collect()
    }

    pub fn standing(&self) -> Standing {
        if self.customer.ended_at.is_some() {
            Standing::Ended
        } else if !self.customer.account.agreement.is_accepted() {
            Standing::AgreementAwaited
        } else if self.ending_on.is_some() {
            Standing::EndingSoon
        } else {
            Standing::Active
        }
    }
}

/// What a customer is found by: any part of its name, domain or id. Whoever inserts or renames a customer writes this
/// into `search_text`.
pub fn search_text(company_name: &str, domain: &str, id: &CustomerId) -> String {
    folding::search_text([company_name, domain, id.as_str()])
}
