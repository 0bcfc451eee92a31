//! A file of customers that a provider has already: its columns, what a row says, and what it does.

mod column;
mod row;

use serde::{Deserialize, Serialize};

use super::wrong::Wrong;
use crate::batches::trade::{self, Keyed as _};
use crate::catalog::model::{Billing, Offer};
use crate::customers::store::likeness::{Likeness, Same};
use crate::sheets::Limits;
use crate::subscriptions::facts::Held;
use crate::text_enum;
use crate::values::currency::Currency;
use crate::values::id::{CustomerId, DelegationId, OfferId, OrderId, OrganisationId, SubscriptionId};
use crate::values::money::Money;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;
use crate::web::Problems;

pub use column::Column;
pub use row::{Said, Sold, marks, read};

use chrono::NaiveDate;

/// The largest file, and the most rows in it.
pub const LIMITS: Limits = Limits::of(32_000_000, 100_000);

text_enum! {
    /// Why an MPN ID cannot be named.
    pub enum Unnamed {
        Unknown = "unknown",
        /// It is the provider's own.
        Own = "own",
        HeadOffice = "head_office",
        NotAReseller = "not_a_reseller",
        OtherRegion = "other_region",
        NotInPartnership = "not_in_partnership",
        /// Its reseller lacks something, such as a signed agreement.
        Lacking = "lacking",
    }
}

impl Unnamed {
    /// What [`crate::subscriptions::store::incentives::earner`] says is wrong.
    pub fn of(problem: &Problem) -> Self {
        match problem {
            Problem::UnknownMpnId => Self::Unknown,
            Problem::OwnMpnId => Self::Own,
            Problem::HeadOfficeMpnId => Self::HeadOffice,
            Problem::NotAReseller => Self::NotAReseller,
            Problem::OtherRegion => Self::OtherRegion,
            Problem::NotInPartnership => Self::NotInPartnership,
            _ => Self::Lacking,
        }
    }
}

/// Why a row is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// What a cell says; which one and why says [`read`], and of a new customer [`Said::account`].
    Cells {
        is_new: bool,
    },
    /// It has more cells than there are columns, or fewer, so that nobody knows which belongs where.
    CellCount {
        found: usize,
        expected: usize,
    },
    /// The same customer, or the same subscription of it, stands in an earlier line.
    Twice {
        line: u64,
    },
    /// The domain is another company's, or somebody signs in as its first user would.
    DomainTaken,
    /// The provider's relationship with this customer has ended.
    Ended,
    /// Of the reseller that is to administer the customer.
    Reseller(String),
    /// Of the MPN ID that is to earn.
    Earner(String),
    /// Nothing of this name is in the catalog, or several things are.
    NoOffer {
        name: String,
    },
    SeveralOffers {
        name: String,
    },
    /// It is not sold in the provider's currency.
    NotPriced {
        currency: String,
    },
    Below {
        minimum: i64,
    },
    Above {
        maximum: i64,
    },
    /// It is billed otherwise.
    BilledOtherwise,
    /// An add-on, and the customer has nothing that it is an add-on of.
    BaseMissing {
        bases: Vec<String>,
    },
    /// The customer has this subscription already, with another quantity.
    Held {
        quantity: i64,
    },
    /// It renews later than the term of the offer lasts.
    BeyondTerm {
        latest: String,
    },
    /// Whoever has it done may not order for customers, or not say who earns.
    MayNotSell,
    MayNotAssign,
    /// A customer who is there has not accepted the agreement, or is not administered by the reseller.
    NotAccepted,
    NotAdministered,
    /// It may be a customer that is there already, and nobody has chosen.
    Undecided,
    /// The customer of an earlier line was not added.
    NoCustomer,
    /// Somebody else added or changed something after the preview.
    Overtaken,
    /// The portal failed at it.
    Failed,
}

impl Reason {
    /// The column whose cell it is about; none for those that [`read`] finds.
    pub fn column(&self) -> Option<Column> {
        match self {
            Self::Cells { .. } => None,
            Self::Reseller(_) | Self::NotAdministered => Some(Column::Reseller),
            Self::Earner(_) | Self::MayNotAssign => Some(Column::Earner),
            Self::NotAccepted => Some(Column::AgreementOn),
            Self::BeyondTerm { .. } => Some(Column::RenewsOn),
            Self::MayNotSell
            | Self::NoOffer { .. }
            | Self::SeveralOffers { .. }
            | Self::NotPriced { .. }
            | Self::BaseMissing { .. } => Some(Column::Offer),
            Self::Below { .. } | Self::Above { .. } | Self::Held { .. } => Some(Column::Quantity),
            Self::BilledOtherwise => Some(Column::Billing),
            Self::CellCount { .. } | Self::Undecided | Self::Overtaken | Self::Failed => {
                Some(Column::Company)
            }
            Self::Twice { .. } | Self::DomainTaken | Self::Ended | Self::NoCustomer => Some(Column::Domain),
        }
    }

    /// What is to be done about it.
    pub fn problem(&self) -> Problem {
        Wrong::Row(self.clone()).into()
    }
}

/// A customer, or an earlier line, that a row may be of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Like {
    Customer { id: CustomerId, company_name: String, domain: String, same: Vec<String> },
    Line { line: u64, same: String },
}

impl Like {
    pub fn of(likeness: Likeness) -> Self {
        Self::Customer {
            id: likeness.customer,
            company_name: likeness.company_name,
            domain: likeness.domain,
            same: likeness.same.iter().map(|same| same.as_text().to_owned()).collect(),
        }
    }

    /// What is the same.
    pub fn common(&self) -> Vec<Same> {
        let words: Vec<&str> = match self {
            Self::Customer { same, .. } => same.iter().map(String::as_str).collect(),
            Self::Line { same, .. } => vec![same],
        };
        words.into_iter().filter_map(Same::from_text).collect()
    }
}

/// A subscription that a row brings along, with what it costs from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    pub offer: OfferId,
    pub offer_name: String,
    pub quantity: i64,
    billing: String,
    unit_price_minor: i64,
    currency: String,
    pub starts_on: NaiveDate,
    pub renews_on: NaiveDate,
    /// Who earns incentives for it: MPN ID and reseller.
    pub earner: Option<(String, OrganisationId)>,
}

/// Whether a customer has what a row brings along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Not,
    Same,
    /// With another quantity.
    Otherwise(Quantity),
}

impl Brought {
    /// Whether it is among what a customer has: the same offer, and from the same day where the row says from when.
    pub fn is_among<'a>(&self, held: impl Iterator<Item = &'a Held>, says_when: bool) -> Known {
        let is_it =
            |held: &&Held| held.offer == self.offer && (!says_when || held.starts_on == self.starts_on);
        let found: Vec<&Held> = held.filter(is_it).collect();
        match found.first() {
            None => Known::Not,
            Some(_) if found.iter().any(|held| held.quantity == self.quantity()) => Known::Same,
            Some(other) => Known::Otherwise(other.quantity),
        }
    }

    pub fn new(
        offer: &Offer,
        (quantity, billing, unit_price): (Quantity, Billing, Money),
        (starts_on, renews_on): (NaiveDate, NaiveDate),
        earner: Option<(String, OrganisationId)>,
    ) -> Self {
        Self {
            offer: offer.id,
            offer_name: offer.name.clone(),
            quantity: quantity.get(),
            billing: billing.as_text().to_owned(),
            unit_price_minor: unit_price.minor,
            currency: unit_price.currency.code().to_owned(),
            starts_on,
            renews_on,
            earner,
        }
    }

    /// The same with another end.
    #[must_use]
    pub fn renewing_on(self, day: NaiveDate) -> Self {
        Self { renews_on: day, ..self }
    }

    pub fn quantity(&self) -> Quantity {
        Quantity::of(self.quantity)
    }

    pub fn billing(&self) -> Billing {
        Billing::from_text(&self.billing).unwrap_or(Billing::Never)
    }

    /// What one unit costs for one billing period; none of a currency that is not known any more.
    pub fn unit_price(&self) -> Option<Money> {
        Currency::parse(&self.currency).ok().map(|currency| Money::new(self.unit_price_minor, currency))
    }

    /// What all units cost for one billing period.
    pub fn total(&self) -> Option<Money> {
        Some(self.unit_price()?.times(self.quantity))
    }
}

/// What there is to say of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Why {
    pub refused: Option<Reason>,
    /// What it may be the same as.
    pub likes: Vec<Like>,
    pub brings: Option<Brought>,
}

impl Why {
    pub fn refused(reason: Reason) -> Self {
        Self { refused: Some(reason), ..Self::default() }
    }

    /// Whether the page named this customer.
    pub fn names(&self, customer: &CustomerId) -> bool {
        self.likes.iter().any(|like| matches!(like, Like::Customer { id, .. } if id == customer))
    }

    /// The customer that gets what the row brings along, where somebody says that it is that one; none where nothing is
    /// brought, or several look like it.
    pub fn joinable(&self) -> Option<CustomerId> {
        self.brings.as_ref()?;
        match self.likes.as_slice() {
            [Like::Customer { id, .. }] => Some(*id),
            _ => None,
        }
    }

    /// What is wrong with which cell, by the keys of the columns; `read` says it of what cells say.
    pub fn problems(&self, read: impl FnOnce(bool) -> Problems) -> Problems {
        match &self.refused {
            None => Problems::default(),
            Some(Reason::Cells { is_new }) => read(*is_new),
            Some(reason) => match reason.column() {
                Some(column) => (column.key(), reason.problem()).into(),
                None => Problems::default(),
            },
        }
    }
}

impl trade::Why for Why {
    fn failed() -> Self {
        Self::refused(Reason::Failed)
    }
}

/// By which what a row did is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// Whether it added the customer.
    pub is_new: bool,
    /// The reseller's relationship that began with it.
    pub delegation: Option<DelegationId>,
    /// What it brought along.
    pub subscription: Option<(SubscriptionId, OrderId)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batches::trade::Why as _;

    fn brought(offer: u128, quantity: i64, starts_on: &str) -> Brought {
        Brought {
            offer: OfferId::from_number(offer),
            offer_name: "Suite".to_owned(),
            quantity,
            billing: "monthly".to_owned(),
            unit_price_minor: 500,
            currency: "EUR".to_owned(),
            starts_on: starts_on.parse().unwrap(),
            renews_on: "2027-01-01".parse().unwrap(),
            earner: None,
        }
    }

    fn held(offer: u128, quantity: i64, starts_on: &str) -> Held {
        Held {
            id: SubscriptionId::from_number(1),
            customer: CustomerId::from_number(1),
            offer: OfferId::from_number(offer),
            quantity: Quantity::of(quantity),
            starts_on: starts_on.parse().unwrap(),
            renews_on: "2027-01-01".parse().unwrap(),
        }
    }

    #[test]
    fn what_a_customer_has_is_known_by_offer_and_first_day() {
        let (row, day) = (brought(1, 5, "2025-01-01"), "2025-01-01");
        let known = |held: &[Held], says_when| row.is_among(held.iter(), says_when);
        assert_eq!(known(&[], true), Known::Not);
        assert_eq!(known(&[held(2, 5, day)], false), Known::Not);
        assert_eq!(known(&[held(1, 5, day)], true), Known::Same);
        assert_eq!(known(&[held(1, 7, day)], true), Known::Otherwise(Quantity::of(7)));
        assert_eq!(known(&[held(1, 7, day), held(1, 5, day)], true), Known::Same);
        // From another day it is another one, unless the row says nothing of days.
        assert_eq!(known(&[held(1, 5, "2024-01-01")], true), Known::Not);
        assert_eq!(known(&[held(1, 5, "2024-01-01")], false), Known::Same);
    }

    #[test]
    fn what_is_brought_goes_to_the_only_customer_that_a_row_looks_like() {
        let like = |number: u128| Like::Customer {
            id: CustomerId::from_number(number),
            company_name: "Alder".to_owned(),
            domain: "alder.onmicrosoft.com".to_owned(),
            same: vec!["name".to_owned()],
        };
        let brings = Some(brought(1, 5, "2025-01-01"));
        let why = |likes: Vec<Like>, brings: Option<Brought>| Why { likes, brings, ..Why::default() };
        assert_eq!(why(vec![like(1)], brings.clone()).joinable(), Some(CustomerId::from_number(1)));
        assert_eq!(why(vec![like(1)], None).joinable(), None);
        assert_eq!(why(vec![like(1), like(2)], brings.clone()).joinable(), None);
        let line = Like::Line { line: 2, same: "city".to_owned() };
        assert_eq!(why(vec![line], brings).joinable(), None);
    }

    #[test]
    fn what_is_said_of_a_row_reads_back() {
        let why =
            Why { brings: Some(brought(1, 5, "2025-01-01")), ..Why::refused(Reason::Below { minimum: 2 }) };
        assert_eq!(serde_json::from_str::<Why>(&why.kept()).unwrap(), why);
        assert_eq!(Why::default().kept(), "");
    }
}
