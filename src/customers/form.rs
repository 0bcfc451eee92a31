//! What the browser sends.

use serde::{Deserialize, Serialize};

use super::attestation::AttestationForm;
use super::model::listing::{Order, View};
use super::model::search::{self, Filter, Place, Search};
use super::new_account::AccountForm;
use crate::error::{Error, Result};
use crate::paths;
use crate::values::id::{CustomerId, DelegationId, DraftId, OrganisationId, SelectionId, SubscriptionId};
use crate::values::problem::Problem;
use crate::web::pager::{Cursor, PAGE_SIZE};
use crate::web::{Problems, version};

/// The filters of the list, as they stand in its address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct CustomerListForm {
    /// Empty for the first one.
    pub view: String,
    pub search: String,
    pub reseller: String,
    /// Empty for the order of the view.
    pub sort: String,
    /// What is ticked; empty where nothing is.
    pub selection: String,
}

impl CustomerListForm {
    /// What the page may show again: without control characters, not longer than a search can be.
    pub fn tidy(self) -> Self {
        Self { search: search::tidy(&self.search), ..self }
    }

    /// Without what makes no sense for an organisation, and without what goes without saying.
    #[must_use]
    pub fn sensible(self, is_provider: bool) -> Self {
        let views = View::of(is_provider);
        let view = View::from_text(&self.view).filter(|view| views.contains(view)).unwrap_or(View::Mine);
        let selection = self.selection().map(|id| id.to_string()).unwrap_or_default();
        let order = Order::parse(&self.sort, view).filter(|order| *order != view.order());
        Self {
            view: if view == View::Mine { String::new() } else { view.as_text().to_owned() },
            reseller: if is_provider { self.reseller } else { String::new() },
            sort: order.map(Order::text).unwrap_or_default(),
            selection,
            ..self
        }
    }

    /// Of which customers is selected in it.
    pub fn place(&self) -> Place {
        Place { view: self.view(), search: self.search.clone(), reseller: self.reseller.clone() }
    }

    pub fn selection(&self) -> Option<SelectionId> {
        SelectionId::parse(&self.selection)
    }

    pub fn view(&self) -> View {
        View::from_text(&self.view).unwrap_or(View::Mine)
    }

    pub fn order(&self) -> Order {
        let view = self.view();
        Order::parse(&self.sort, view).unwrap_or(view.order())
    }

    /// # Errors
    /// [`Error::BadRequest`] for a reseller that is no id: no page links to such a list.
    pub fn parse(&self) -> Result<Filter> {
        let reseller = match self.reseller.as_str() {
            "" => None,
            text => Some(OrganisationId::parse(text).ok_or(Error::BadRequest("reseller"))?),
        };
        let search = Search::parse(&self.search);
        Ok(Filter { view: self.view(), search, reseller, order: self.order(), among: None })
    }
}

/// The ticks of a page of the list, and what to do with them.
#[derive(Debug, Default)]
pub struct SelectionForm {
    pub list: CustomerListForm,
    pub shown: Vec<CustomerId>,
    pub ticked: Vec<CustomerId>,
    pub deed: String,
    /// Where the page began that they stand on.
    pub here: Cursor,
    /// Where the next one begins.
    next: String,
}

impl SelectionForm {
    /// Whatever else was sent is nothing that the page has.
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            match name.as_str() {
                "view" => form.list.view = value,
                "search" => form.list.search = value,
                "reseller" => form.list.reseller = value,
                "sort" => form.list.sort = value,
                "selection" => form.list.selection = value,
                "shown" => form.shown.extend(CustomerId::parse(&value)),
                "customer" => form.ticked.extend(CustomerId::parse(&value)),
                "deed" => form.deed = value,
                "after" => form.here.after = Some(value),
                "before" => form.here.before = Some(value),
                "next" => form.next = value,
                _ => {}
            }
        }
        form.shown.truncate(PAGE_SIZE);
        form
    }

    /// The page that follows.
    pub fn page(&self, list: &CustomerListForm) -> String {
        let key = |key: &Option<String>| key.clone().unwrap_or_default();
        let (after, before) = match self.deed.as_str() {
            "next" => (self.next.clone(), String::new()),
            _ => (key(&self.here.after), key(&self.here.before)),
        };
        paths::address(paths::customers::list(), list, &[("after", &after), ("before", &before)])
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
