//! The company's yes: for one that has an account here, or for a new one.

use serde::Deserialize;

use crate::agreements::model::Text;
use crate::customers::model::{Account, Agreement, Proof};
use crate::customers::new_account::{AccountForm, Terms};
use crate::values::email::Email;
use crate::values::id::CustomerAgreementId;
use crate::values::moment::Moment;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::typed;
use crate::web::Problems;

/// Which company it is: by its primary domain.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DomainForm {
    #[serde(deserialize_with = "typed")]
    pub domain: String,
}

impl DomainForm {
    /// The whole domain, also where only its own part was typed; empty where none was.
    pub fn whole(&self, suffix: &str) -> String {
        let typed = self.domain.trim().trim_start_matches('@').to_ascii_lowercase();
        if typed.is_empty() || typed.contains('.') { typed } else { format!("{typed}.{suffix}") }
    }
}

/// Yes, for a company that has an account here.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AcceptanceForm {
    #[serde(deserialize_with = "typed")]
    pub domain: String,
    /// Of what the page showed.
    #[serde(deserialize_with = "typed")]
    pub mark: String,
    #[serde(deserialize_with = "typed")]
    pub first_name: String,
    #[serde(deserialize_with = "typed")]
    pub last_name: String,
    #[serde(deserialize_with = "typed")]
    pub consent: String,
    /// The customer agreement that the page showed; empty where none was to be accepted.
    #[serde(deserialize_with = "typed")]
    pub agreement_text: String,
}

impl AcceptanceForm {
    /// Who accepts.
    ///
    /// # Errors
    /// What is wrong with its fields.
    pub fn parse(&self) -> Result<(String, String), Problems> {
        let mut problems = Problems::default();
        let first = problems.field("first_name", name::required(&self.first_name, name::PERSON));
        let last = problems.field("last_name", name::required(&self.last_name, name::PERSON));
        if self.consent != "yes" {
            problems.on("consent", Problem::NotConfirmed);
        }
        problems.or(|| Some((first?, last?)))
    }

    /// Which text the page showed.
    pub fn text(&self) -> Option<CustomerAgreementId> {
        CustomerAgreementId::parse(&self.agreement_text)
    }
}

/// Yes, for a company that is new here.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CompanyForm {
    #[serde(flatten)]
    pub account: AccountForm,
    #[serde(deserialize_with = "typed")]
    pub consent: String,
    /// The customer agreement that the page showed; empty where none is published.
    #[serde(deserialize_with = "typed")]
    pub agreement_text: String,
    /// `country` draws the fields of the country that was chosen.
    #[serde(deserialize_with = "typed")]
    pub then: String,
}

impl CompanyForm {
    /// The account, whose agreement is awaited.
    ///
    /// # Errors
    /// What is wrong with its fields.
    pub fn parse(&self, terms: &Terms) -> Result<Account, Problems> {
        // What only partners say of a customer is nothing for the customer to say.
        let account = AccountForm {
            agreement: "awaited".to_owned(),
            qualification: "none".to_owned(),
            validation_code: String::new(),
            reseller: String::new(),
            ..self.account.clone()
        };
        let mut problems = Problems::default();
        let parsed = match account.parse(terms) {
            Ok(account) => Some(account),
            Err(wrong) => {
                problems = wrong;
                None
            }
        };
        if self.consent != "yes" {
            problems.on("consent", Problem::NotConfirmed);
        }
        problems.or(|| parsed)
    }

    /// Which text the page showed.
    pub fn text(&self) -> Option<CustomerAgreementId> {
        CustomerAgreementId::parse(&self.agreement_text)
    }
}

/// The agreement as the company accepts it by itself.
pub fn accepted((first_name, last_name): (&str, &str), email: &Email, text: &Text, now: Moment) -> Agreement {
    Agreement::Accepted {
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        email: email.clone(),
        phone: String::new(),
        on: now.day(),
        proof: Proof::Itself { version: Some(text.version), text: Some(text.id) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_domain_is_whole_however_it_was_typed() {
        let whole = |typed: &str| DomainForm { domain: typed.to_owned() }.whole("onmicrosoft.com");
        for typed in
            ["juniperhall", " JuniperHall ", "@juniperhall.onmicrosoft.com", "juniperhall.onmicrosoft.com"]
        {
            assert_eq!(whole(typed), "juniperhall.onmicrosoft.com", "{typed}");
        }
        assert_eq!(whole("  "), "");
    }

    #[test]
    fn accepting_takes_a_name_and_a_tick() {
        let problems = AcceptanceForm::default().parse().unwrap_err();
        assert_eq!(problems.len(), 3);
        assert_eq!(problems.at("consent"), Some(&Problem::NotConfirmed));
    }

    proptest! {
        #[test]
        fn any_domain_is_read(domain in any::<String>()) {
            let whole = DomainForm { domain }.whole("onmicrosoft.com");
            prop_assert!(whole.is_empty() || whole.contains('.'));
        }
    }
}
