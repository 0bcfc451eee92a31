//! Subscriptions that move from one partner to another: a file with three sides, what is in it, and how far it is.

mod family;
mod rules;

use chrono::NaiveDate;

use crate::catalog::model::{Billing, Unit};
use crate::subscriptions::model::Cost;
use crate::text_enum;
use crate::values::email::Email;
use crate::values::id::{CustomerId, OrganisationId, PersonId, SubscriptionId, TransferId};
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

pub use family::{Family, families};
pub use rules::{Obstacle, obstacle, open_until_latest, still_stands};

text_enum! {
    /// Between whom.
    pub enum Kind {
        /// From one provider to another one: each subscription ends here and begins there.
        Provider = "provider",
        /// From one reseller of a provider to another one: the subscription stays, and names another reseller.
        Reseller = "reseller",
        /// To a partner that is none of this installation: each subscription ends here once that is recorded.
        Outside = "outside",
    }
}

text_enum! {
    /// Whose turn it is, or how it ended.
    pub enum State {
        /// The customer is to consent.
        Customer = "customer",
        /// The provider is to let it go from one of its resellers to another one.
        Provider = "provider",
        /// The new partner is to take it over; for one that is not here, the current partner records that.
        Partner = "partner",
        /// Something has moved.
        Done = "done",
        /// It was accepted, and nothing could be moved any more.
        Failed = "failed",
        Refused = "refused",
        Withdrawn = "withdrawn",
        Expired = "expired",
    }
}

text_enum! {
    /// Who answers.
    pub enum Side {
        Customer = "customer",
        /// Whose reseller starts it.
        Provider = "provider",
        /// Who is to have the subscriptions.
        Partner = "partner",
    }
}

text_enum! {
    /// What came of one subscription.
    pub enum Outcome {
        /// Nobody has decided about it yet.
        Waiting = "waiting",
        Moved = "moved",
        /// The new partner did not want it.
        Refused = "refused",
        /// It was accepted, and could not be moved.
        Failed = "failed",
        /// The file ended before anybody decided about it.
        Left = "left",
    }
}

impl Kind {
    /// Who has to answer, one after the other. Who starts it has answered by that.
    pub fn sides(self, is_started_by_provider: bool) -> &'static [Side] {
        match (self, is_started_by_provider) {
            (Self::Provider | Self::Outside, _) => &[Side::Customer, Side::Partner],
            (Self::Reseller, true) => &[Side::Partner],
            (Self::Reseller, false) => &[Side::Provider, Side::Partner],
        }
    }
}

impl State {
    pub fn is_open(self) -> bool {
        self.side().is_some()
    }

    /// Whose turn it is.
    pub fn side(self) -> Option<Side> {
        match self {
            Self::Customer => Some(Side::Customer),
            Self::Provider => Some(Side::Provider),
            Self::Partner => Some(Side::Partner),
            Self::Done | Self::Failed | Self::Refused | Self::Withdrawn | Self::Expired => None,
        }
    }
}

impl Side {
    /// It is to answer.
    pub fn turn(self) -> State {
        match self {
            Self::Customer => State::Customer,
            Self::Provider => State::Provider,
            Self::Partner => State::Partner,
        }
    }
}

/// An organisation, by the name that it had when the file was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub id: OrganisationId,
    pub name: String,
}

/// A file.
#[derive(Clone, Debug)]
pub struct Transfer {
    pub id: TransferId,
    pub kind: Kind,
    /// With which provider the subscriptions are when it is started.
    pub provider: OrganisationId,
    /// The account there.
    pub customer: CustomerId,
    /// The company, and what it is called.
    pub company: OrganisationId,
    pub company_name: String,
    /// Who has the subscriptions.
    pub source: Party,
    /// Who is to have them: none where it is no organisation of this installation.
    pub target: Option<OrganisationId>,
    pub target_name: String,
    /// By which it is named on subscriptions, or known elsewhere; may be empty.
    pub target_mpn_id: String,
    /// The account that a new provider has of the company.
    pub target_customer: Option<CustomerId>,
    pub starter: OrganisationId,
    pub started_by: (PersonId, String),
    pub started_at: Moment,
    /// What whoever started it says to the others.
    pub message: String,
    pub state: State,
    /// Whether the new partner knows of it.
    pub is_shown: bool,
    /// The last day on which it can be answered.
    pub open_until: NaiveDate,
    /// Whom at the customer it asks.
    pub contact: (String, Email),
    pub settled_at: Option<Moment>,
    pub settled_by: String,
    /// Why it was refused or withdrawn.
    pub reason: String,
    pub version: i32,
    pub items: Vec<Item>,
    pub answers: Vec<Answer>,
}

/// A subscription in a file, as it stood when that was started.
#[derive(Clone, Debug)]
pub struct Item {
    pub subscription: SubscriptionId,
    /// The base with which an add-on moves.
    pub parent: Option<SubscriptionId>,
    pub offer_name: String,
    pub nickname: String,
    pub unit: Unit,
    pub quantity: Quantity,
    pub billing: Billing,
    pub unit_price: Money,
    pub renews_on: NaiveDate,
    pub outcome: Outcome,
    pub why: String,
    /// What it is with the new partner, where it got another id.
    pub became: Option<SubscriptionId>,
}

/// What a side said.
#[derive(Clone, Debug)]
pub struct Answer {
    pub side: Side,
    pub is_yes: bool,
    pub by_name: String,
    pub by_link: bool,
    pub reason: String,
    pub at: Moment,
}

impl Transfer {
    /// Who has to answer, one after the other.
    pub fn sides(&self) -> &'static [Side] {
        self.kind.sides(self.starter == self.provider)
    }

    /// Whose turn it is once this side has said yes; nobody's once all have.
    pub fn after(&self, side: Side) -> Option<Side> {
        let mut sides = self.sides().iter().copied();
        sides.find(|one| *one == side)?;
        sides.next()
    }

    pub fn answer_of(&self, side: Side) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.side == side)
    }

    /// The bases, each of which stands for its add-ons, too.
    pub fn bases(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.parent.is_none())
    }

    pub fn add_ons_of(&self, base: &SubscriptionId) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.parent.as_ref() == Some(base))
    }

    pub fn count(&self, outcome: Outcome) -> usize {
        self.items.iter().filter(|item| item.outcome == outcome).count()
    }

    /// Whether its time is over, also where the job has not found it yet.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.open_until < today
    }

    /// Whether an organisation is the new partner.
    pub fn is_target(&self, organisation: &OrganisationId) -> bool {
        self.target.as_ref() == Some(organisation)
    }

    /// Whether it is this organisation's turn.
    pub fn waits_for(&self, organisation: &OrganisationId) -> bool {
        match self.state {
            State::Provider => self.provider == *organisation,
            State::Partner if self.kind == Kind::Outside => self.starter == *organisation,
            State::Partner => self.is_target(organisation),
            _ => false,
        }
    }

    /// What moves costs so much a month and a year from then on, as far as it is not used up by the unit.
    pub fn cost_of<'a>(items: impl IntoIterator<Item = &'a Item>) -> Option<Cost> {
        let costs = items.into_iter().filter(|item| item.unit != Unit::Usage);
        costs.map(Item::cost).reduce(|sum, one| sum.plus(one))
    }
}

impl Item {
    pub fn is_usage_based(&self) -> bool {
        self.unit == Unit::Usage
    }

    pub fn has_own_nickname(&self) -> bool {
        self.nickname != self.offer_name
    }

    pub fn cost(&self) -> Cost {
        Cost::of(self.unit_price, self.billing, self.quantity)
    }

    /// Why it could not be moved.
    pub fn obstacle(&self) -> Option<Obstacle> {
        Obstacle::from_text(&self.why).filter(|_| self.outcome == Outcome::Failed)
    }
}

/// What a subscription has to do with transfers, as its page tells it.
#[derive(Clone, Debug)]
pub struct Trace {
    pub transfer: TransferId,
    pub is_open: bool,
    pub kind: Kind,
    pub source_name: String,
    pub target_name: String,
    pub settled_at: Option<Moment>,
    /// What it was before, and what it has become.
    pub was: Option<SubscriptionId>,
    pub became: Option<SubscriptionId>,
}

impl Trace {
    /// Whether only the reseller is another one by it.
    pub fn is_between_resellers(&self) -> bool {
        self.kind == Kind::Reseller
    }
}

#[cfg(test)]
mod tests;
