//! Requests to become a customer, and what keeps one from being made or accepted.

pub mod answer;
pub mod code;
pub mod proof;

use crate::access::OrganisationKind;
use crate::links::model::{DraftText, Progress, Standing};
use crate::partners::model::eligibility::Missing;
use crate::values::email::Email;
use crate::values::id::{CustomerId, CustomerRequestId, OrganisationId, PersonId};
use crate::values::moment::Moment;

/// Nobody is reminded again before so many days are over.
const DAYS_BETWEEN_REMINDERS: i64 = 3;

/// What somebody wrote of a request that is not sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drafted {
    pub to: Email,
    /// How the addressee is called; may be empty.
    pub to_name: String,
    /// Whether the company is asked to be administered, too.
    pub includes_administration: bool,
    pub text: DraftText,
}

/// A request to a company to become a customer.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: CustomerRequestId,
    /// Who gets the customer.
    pub provider: OrganisationId,
    pub provider_name: String,
    /// Who asks for the provider and for itself; none where the provider asks.
    pub reseller: Option<OrganisationId>,
    pub reseller_name: Option<String>,
    pub requested_by: PersonId,
    pub requested_by_name: String,
    pub requested_by_email: Email,
    pub drafted: Drafted,
    pub progress: Progress,
    pub reminded_at: Option<Moment>,
    /// Who answered, or who revoked it; empty before.
    pub answered_by_name: String,
    /// For which company somebody accepted; empty before.
    pub company_name: String,
    pub customer: Option<CustomerId>,
    pub decline_reason: String,
    pub version: i32,
}

impl Request {
    pub fn standing(&self, now: Moment) -> Standing {
        self.progress.standing(now)
    }

    /// Whether those who asked have the customer among theirs once it has accepted: a reseller only where it administers it.
    pub fn is_seen_by_requester(&self) -> bool {
        self.reseller.is_none() || self.drafted.includes_administration
    }

    /// The organisation whose people made it.
    pub fn asker(&self) -> &OrganisationId {
        self.reseller.as_ref().unwrap_or(&self.provider)
    }

    pub fn asker_name(&self) -> &str {
        self.reseller_name.as_deref().unwrap_or(&self.provider_name)
    }

    pub fn asker_kind(&self) -> OrganisationKind {
        match self.reseller {
            Some(_) => OrganisationKind::Reseller,
            None => OrganisationKind::Provider,
        }
    }

    /// Whether an organisation made it, and does not only get a customer by it.
    pub fn is_asked_by(&self, organisation: &OrganisationId) -> bool {
        self.asker() == organisation
    }

    /// Whether the addressee has had the letter of a link that still works for a while without being reminded.
    pub fn is_remindable(&self, now: Moment) -> bool {
        let last = self.reminded_at.or(self.progress.sent_at);
        self.standing(now) == Standing::Open
            && last.is_some_and(|at| at.plus_days(DAYS_BETWEEN_REMINDERS) <= now)
    }
}

/// What keeps a request from being made, and from being accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// The provider starts nothing new.
    ProviderSuspended,
    /// The reseller that asks is no partner of the provider.
    NoPartnership,
    /// The reseller lacks something by which the provider could name it.
    ResellerLacks(Missing),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::links::model::RequestState;
    use crate::values::token::Token;

    fn request(sent_at: Option<Moment>, reminded_at: Option<Moment>, expires_at: Moment) -> Request {
        let text = DraftText { language: Language::ENGLISH, subject: String::new(), text: String::new() };
        Request {
            id: CustomerRequestId::new(),
            provider: OrganisationId::new(),
            provider_name: "Harbor".to_owned(),
            reseller: None,
            reseller_name: None,
            requested_by: PersonId::new(),
            requested_by_name: "Sam".to_owned(),
            requested_by_email: Email::parse("sam@harbor.example").unwrap(),
            drafted: Drafted {
                to: Email::parse("ada@juniper.example").unwrap(),
                to_name: String::new(),
                includes_administration: false,
                text,
            },
            progress: Progress {
                token_hash: Token::random().hash(),
                state: RequestState::Open,
                created_at: expires_at.plus_days(-30),
                sent_at,
                expires_at,
                answered_at: None,
            },
            reminded_at,
            answered_by_name: String::new(),
            company_name: String::new(),
            customer: None,
            decline_reason: String::new(),
            version: 1,
        }
    }

    #[test]
    fn a_reminder_takes_a_letter_that_was_read_for_a_while_and_a_link_that_works() {
        let now = Moment::from_unix(1_795_000_000);
        let (later, before) = (now.plus_days(9), now.plus_days(-4));
        assert!(request(Some(before), None, later).is_remindable(now));
        assert!(!request(None, None, later).is_remindable(now), "nobody knows whether it was sent");
        assert!(!request(Some(now.plus_days(-2)), None, later).is_remindable(now));
        assert!(!request(Some(before), Some(now.plus_days(-1)), later).is_remindable(now));
        assert!(request(Some(now.plus_days(-9)), Some(before), later).is_remindable(now));
        assert!(!request(Some(before), None, now).is_remindable(now), "it has expired");
    }

    #[test]
    fn a_reseller_asks_for_its_provider_too() {
        let now = Moment::from_unix(1_795_000_000);
        let alone = request(None, None, now);
        assert!(alone.is_asked_by(&alone.provider) && alone.asker_name() == "Harbor");
        let reseller = OrganisationId::new();
        let joint =
            Request { reseller: Some(reseller), reseller_name: Some("Brightwater".to_owned()), ..alone };
        assert!(joint.is_asked_by(&reseller) && !joint.is_asked_by(&joint.provider));
        assert_eq!((joint.asker_name(), joint.asker_kind()), ("Brightwater", OrganisationKind::Reseller));
    }
}
