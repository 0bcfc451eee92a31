//! A customer that was asked, by a personal link.

use crate::links::model::{DraftText, Progress, RequestState, Standing};
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::{
    AgreementRequestId, CustomerAgreementId, CustomerId, DraftId, OrganisationId, PersonId,
};
use crate::values::moment::Moment;
use crate::values::person::full_name;

/// For whom the agreement is to be accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A new customer, which is only a draft yet.
    Draft(DraftId),
    Customer(CustomerId),
}

/// Which company is asked, and who answers for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub company_name: String,
    pub country: Country,
    pub first_name: String,
    pub last_name: String,
    pub email: Email,
}

/// A request to accept the customer agreement.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: AgreementRequestId,
    pub provider: OrganisationId,
    /// Kept also when the draft has become a customer.
    pub draft: Option<DraftId>,
    pub customer: Option<CustomerId>,
    /// The text it was made for, then the one that was accepted.
    pub agreement: Option<CustomerAgreementId>,
    /// The version of that text.
    pub agreement_version: Option<i32>,
    pub requested_by: PersonId,
    pub requested_by_name: String,
    pub requested_by_email: Email,
    pub party: Party,
    pub text: DraftText,
    pub progress: Progress,
    /// Who answered, as typed behind the link: first and last name.
    pub answered_by: (String, String),
    pub decline_reason: String,
    pub revoked_by_name: String,
    pub version: i32,
}

impl Request {
    pub fn standing(&self, now: Moment) -> Standing {
        self.progress.standing(now)
    }

    /// Whether nobody has answered or withdrawn it: then it can have a new link, or be revoked.
    pub fn is_open(&self) -> bool {
        self.progress.is_open()
    }

    /// Whether an answer to it counts for this company: one that was given for another name or country does not.
    pub fn is_for(&self, party: &Party) -> bool {
        self.party.company_name == party.company_name && self.party.country == party.country
    }

    /// Whether the acceptance has been given, for this company.
    pub fn is_accepted_for(&self, party: &Party) -> bool {
        self.progress.state == RequestState::Accepted && self.is_for(party)
    }

    /// Whether the account names another company or contact than the one who was asked.
    pub fn is_outdated(&self, party: &Party) -> bool {
        match self.progress.state {
            RequestState::Accepted => !self.is_for(party),
            _ => self.party != *party,
        }
    }

    /// Who answered, as one name.
    pub fn answerer(&self) -> String {
        let (first, last) = &self.answered_by;
        self.party.named(first, last)
    }

    /// For whom it is now.
    pub fn subject(&self) -> Option<Subject> {
        match (&self.customer, &self.draft) {
            (Some(customer), _) => Some(Subject::Customer(*customer)),
            (None, Some(draft)) => Some(Subject::Draft(*draft)),
            (None, None) => None,
        }
    }
}

impl Party {
    /// Who answers for the company, as one name.
    pub fn contact(&self) -> String {
        self.named(&self.first_name, &self.last_name)
    }

    /// Somebody of the company, as one name.
    pub fn named(&self, first: &str, last: &str) -> String {
        full_name(self.country, first, "", last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::values::token::TokenHash;

    fn party(company: &str, country: &str, email: &str) -> Party {
        Party {
            company_name: company.to_owned(),
            country: Country::parse(country).unwrap(),
            first_name: "Ada".to_owned(),
            last_name: "Finch".to_owned(),
            email: Email::parse(email).unwrap(),
        }
    }

    fn request(state: RequestState) -> Request {
        let now = Moment::from_unix(1_795_000_000);
        Request {
            id: AgreementRequestId::new(),
            provider: OrganisationId::new(),
            draft: Some(DraftId::new()),
            customer: None,
            agreement: None,
            agreement_version: None,
            requested_by: PersonId::new(),
            requested_by_name: "Sam Seller".to_owned(),
            requested_by_email: Email::parse("sam@harbor.example").unwrap(),
            party: party("Juniper Hall", "DE", "ada@juniper.example"),
            text: DraftText { language: Language::ENGLISH, subject: String::new(), text: String::new() },
            progress: Progress {
                token_hash: TokenHash::of("token"),
                state,
                created_at: now,
                sent_at: None,
                expires_at: now.plus_days(30),
                answered_at: None,
            },
            answered_by: (String::new(), String::new()),
            decline_reason: String::new(),
            revoked_by_name: String::new(),
            version: 1,
        }
    }

    #[test]
    fn an_acceptance_counts_for_the_company_that_gave_it_whoever_is_its_contact_now() {
        let accepted = request(RequestState::Accepted);
        assert!(accepted.is_accepted_for(&party("Juniper Hall", "DE", "bo@juniper.example")));
        assert!(!accepted.is_outdated(&party("Juniper Hall", "DE", "bo@juniper.example")));
        for other in
            [party("Alder", "DE", "ada@juniper.example"), party("Juniper Hall", "FR", "ada@juniper.example")]
        {
            assert!(!accepted.is_accepted_for(&other) && accepted.is_outdated(&other));
        }
        let open = request(RequestState::Open);
        assert!(!open.is_accepted_for(&open.party) && !open.is_outdated(&open.party));
        assert!(open.is_outdated(&party("Juniper Hall", "DE", "bo@juniper.example")));
    }

    #[test]
    fn a_draft_that_became_a_customer_is_asked_as_that() {
        let mut moved = request(RequestState::Open);
        let customer = CustomerId::new();
        moved.customer = Some(customer);
        assert_eq!(moved.subject(), Some(Subject::Customer(customer)));
    }
}
