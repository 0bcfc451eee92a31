//! What the browser sends.

use serde::{Deserialize, Serialize};

use super::attestation::AttestationForm;
use super::model::search::{self, Filter, Search};
use super::new_account::AccountForm;
use crate::error::{Error, Result};
use crate::paths;
use crate::values::id::{CustomerId, DelegationId, DraftId, OrganisationId, SubscriptionId};
use crate::values::problem::Problem;
use crate::web::{Problems, version};

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

/// Which reseller is to administer a customer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AssociationForm {
    /// Chosen by the page, so that sending it twice associates once.
    pub delegation: String,
    /// Who administered the customer when the page was drawn.
    pub mark: String,
    pub reseller: String,
}

impl AssociationForm {
    /// The reseller that is meant.
    pub fn parse(&self) -> Result<OrganisationId, Problems> {
        let reseller = match self.reseller.trim() {
            "" => Err(Problem::NotChosen),
            text => OrganisationId::parse(text).ok_or(Problem::UnknownChoice),
        };
        reseller.map_err(|problem| ("reseller", problem).into())
    }

    /// # Errors
    /// [`Error::BadRequest`] where the page's own id is missing.
    pub fn id(&self) -> Result<DelegationId> {
        DelegationId::parse(&self.delegation).ok_or(Error::BadRequest("an association without an id"))
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

/// A block of an account, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EditForm {
    /// Of the customer that the form was drawn from.
    pub version: String,
    /// What the fields held then.
    pub opened: String,
    then: String,
    #[serde(flatten)]
    pub typed: AccountForm,
}

impl EditForm {
    /// # Errors
    /// [`Error::BadRequest`] where it is no number: the page wrote one.
    pub fn version(&self) -> Result<i32> {
        version::read(&self.version)
    }

    pub fn then(&self) -> Then {
        Then::of(&self.then)
    }

    /// The fields that the page had when it was drawn.
    pub fn drawn(&self) -> Vec<String> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&self.opened).unwrap_or_default();
        pairs.into_iter().map(|(name, _)| name).collect()
    }
}

/// What a form about an account is followed by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Then {
    #[default]
    Account,
    /// An order that was about to begin.
    Order,
    /// An order that has begun.
    Draft(DraftId),
    /// More of something that was bought.
    Subscription(SubscriptionId),
}

/// Stands before the id of a subscription, which looks like that of a draft.
const OF_SUBSCRIPTION: &str = "subscription-";

impl Then {
    pub fn of(text: &str) -> Self {
        match text {
            "order" => Self::Order,
            text => match text.strip_prefix(OF_SUBSCRIPTION) {
                Some(id) => SubscriptionId::parse(id).map_or(Self::Account, Self::Subscription),
                None => DraftId::parse(text).map_or(Self::Account, Self::Draft),
            },
        }
    }

    pub fn text(&self) -> String {
        match self {
            Self::Account => String::new(),
            Self::Order => "order".to_owned(),
            Self::Draft(id) => id.to_string(),
            Self::Subscription(id) => format!("{OF_SUBSCRIPTION}{id}"),
        }
    }

    /// The page that follows.
    pub fn path(&self, customer: &CustomerId) -> String {
        match self {
            Self::Account => paths::customers::account(customer),
            Self::Order => paths::orders::new_subscription(customer),
            Self::Draft(id) => paths::orders::draft_subscriptions(id),
            Self::Subscription(id) => paths::subscriptions::show(id),
        }
    }
}
