//! What the browser sends.

use serde::Deserialize;

use crate::agreements::store::requests::{Answer, Verdict};
use crate::customers::model::Account;
use crate::values::id::CustomerAgreementId;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::typed;
use crate::web::Problems;

/// Yes to the customer agreement, by somebody who is signed in. There is no field for no: whoever does not accept leaves
/// the page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AcceptanceForm {
    #[serde(deserialize_with = "typed")]
    pub first_name: String,
    #[serde(deserialize_with = "typed")]
    pub last_name: String,
    #[serde(deserialize_with = "typed")]
    pub consent: String,
    /// The text that the page showed; empty where none is published.
    #[serde(deserialize_with = "typed")]
    pub agreement: String,
}

/// Who accepts which text; none where none is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepting {
    pub first_name: String,
    pub last_name: String,
    pub agreement: Option<CustomerAgreementId>,
}

impl Accepting {
    /// The same as the answer to a link.
    pub fn answer(&self) -> Answer {
        Answer {
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            verdict: Verdict::Accepted(self.agreement),
        }
    }
}

impl AcceptanceForm {
    /// Filled with the primary contact, if that is who is signed in under this name.
    pub fn of(account: &Account, name: &str) -> Self {
        match account.contact() == name {
            true => Self {
                first_name: account.first_name.clone(),
                last_name: account.last_name.clone(),
                ..Self::default()
            },
            false => Self::default(),
        }
    }

    pub fn parse(&self) -> Result<Accepting, Problems> {
        let mut problems = Problems::default();
        let first_name = problems.field("first_name", name::required(&self.first_name, name::PERSON));
        let last_name = problems.field("last_name", name::required(&self.last_name, name::PERSON));
        if self.consent != "yes" {
            problems.on("consent", Problem::NotConfirmed);
        }
        let agreement = CustomerAgreementId::parse(&self.agreement);
        problems.or(|| Some(Accepting { first_name: first_name?, last_name: last_name?, agreement }))
    }
}
