//! What the browser sends.

use serde::{Deserialize, Serialize};

use super::attestation::AttestationForm;
use super::model::search::{self, Filter, Search};
use crate::error::{Error, Result};
use crate::paths;
use crate::values::id::{CustomerId, DraftId, OrganisationId};
use crate::web::version;

/// The filters of the list, as they stand in its address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CustomerListForm {
    pub search: String,
    pub reseller: String,
}

impl CustomerListForm {
    /// What the page may show again: without control characters, not longer than a search can be.
    pub fn tidy(self) -> Self {
        Self { search: search::tidy(&self.search), ..self }
    }

    /// # Errors
    /// [`Error::BadRequest`] for a reseller that is no id: no page links to such a list.
    pub fn parse(&self) -> Result<Filter> {
        let reseller = match self.reseller.as_str() {
            "" => None,
            text => Some(OrganisationId::parse(text).ok_or(Error::BadRequest("reseller"))?),
        };
        Ok(Filter { search: Search::parse(&self.search), reseller })
    }
}

/// That a customer has accepted the customer agreement.
#[derive(Debug, Deserialize)]
pub struct AgreementForm {
    /// Of the customer that the form was drawn from.
    version: String,
    /// What the fields held then.
    #[serde(default)]
    pub opened: String,
    #[serde(default)]
    then: String,
    #[serde(flatten)]
    pub attestation: AttestationForm,
}

impl AgreementForm {
    /// # Errors
    /// [`Error::BadRequest`] where it is no number: the page wrote one.
    pub fn version(&self) -> Result<i32> {
        version::read(&self.version)
    }

    pub fn then(&self) -> Then {
        Then::of(&self.then)
    }
}

/// What that form is followed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Then {
    #[default]
    Account,
    /// An order that was about to begin.
    Order,
    /// An order that has begun.
    Draft(DraftId),
}

impl Then {
    pub fn of(text: &str) -> Self {
        match text {
            "order" => Self::Order,
            text => DraftId::parse(text).map_or(Self::Account, Self::Draft),
        }
    }

    pub fn text(&self) -> String {
        match self {
            Self::Account => String::new(),
            Self::Order => "order".to_owned(),
            Self::Draft(id) => id.to_string(),
        }
    }

    /// The page that follows.
    pub fn path(&self, customer: &CustomerId) -> String {
        match self {
            Self::Account => paths::customers::account(customer),
            Self::Order => paths::orders::new_subscription(customer),
            Self::Draft(id) => paths::orders::draft_subscriptions(id),
        }
    }
}
