//! Which offers a customer can buy, and why not the others.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::promoted::Promoted;
use super::{Billing, LimitScope, Offer, Price, Qualification};
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::{OfferId, OrganisationId, SubscriptionId};
use crate::values::money::Money;

/// An offer as it stands in a provider's catalogue.
#[derive(Clone, Debug)]
pub struct Listed {
    pub offer: Offer,
    /// None where it is not sold in the provider's currency.
    pub price: Option<Price>,
    /// What makes it cheaper than its list price, where something does.
    pub promoted: Option<Promoted>,
    /// An add-on needs a subscription of one of these.
    pub prerequisites: Vec<OfferId>,
}

/// All offers by name, priced in one currency.
#[derive(Clone, Debug)]
pub struct Catalogue {
    listed: Vec<Listed>,
    pub currency: Currency,
}

/// Who buys: what decides about offers.
#[derive(Clone, Debug)]
pub struct Buyer {
    pub country: Country,
    pub provider_country: Country,
    pub qualification: Qualification,
    /// Every subscription that the customer has or had.
    pub holdings: Vec<Holding>,
    /// The reseller that what is bought names.
    pub through: Option<OrganisationId>,
    /// The offers on which that reseller cannot be named.
    pub closed: HashSet<OfferId>,
}

impl Buyer {
    /// Whether nothing was ever paid for; trials are not.
    pub fn has_bought_nothing(&self) -> bool {
        self.holdings.iter().all(|held| held.billing == Billing::Never)
    }
}

/// A subscription of the buyer.
#[derive(Clone, Debug)]
pub struct Holding {
    pub subscription: SubscriptionId,
    pub offer: OfferId,
    pub standing: Standing,
    pub billing: Billing,
    pub renews_on: NaiveDate,
    /// The reseller that it names.
    pub earner: Option<OrganisationId>,
}

/// How a subscription counts when another one is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Add-ons can be bought for it.
    Active,
    /// Not usable, but still there: suspended or pending.
    Resting,
    /// Gone; it counts only where the limit is for a lifetime.
    Deleted,
}

/// Why an offer cannot be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Withdrawn,
    /// It has no price in the provider's currency.
    NoPrice,
    /// It is not sold in the provider's or the customer's country.
    NotSoldThere,
    NotQualified(Qualification),
    /// Education and government customers get no trials.
    NoTrials,
    /// A trial of what the customer has, or orders at the same time.
    AlreadyOwned,
    LimitReached {
        scope: LimitScope,
        count: i32,
    },
    /// With the reseller that is named; this is one that the customer has with it.
    LimitReachedWithReseller {
        count: i32,
        held: SubscriptionId,
    },
    /// No active subscription, and nothing in the same order, that it could be an add-on of.
    BaseMissing,
    /// The provider does not let the reseller that is named be named on it.
    ClosedToReseller,
}

impl Refusal {
    /// Whether the customer's own subscriptions are the reason: then the offer is shown with it, so
    /// that nobody searches in vain.
    pub fn is_of_holdings(self) -> bool {
        matches!(self, Self::LimitReached { .. } | Self::AlreadyOwned)
    }

    /// Whether another reseller would be none: then the offer can be chosen, and another reseller with it.
    pub fn is_of_reseller(self) -> bool {
        matches!(self, Self::LimitReachedWithReseller { .. } | Self::ClosedToReseller)
    }

    /// What the customer can use instead.
    pub fn held(self) -> Option<SubscriptionId> {
        match self {
            Self::LimitReachedWithReseller { held, .. } => Some(held),
            _ => None,
        }
    }
}

impl Catalogue {
    pub fn new(listed: Vec<Listed>, currency: Currency) -> Self {
        Self { listed, currency }
    }

    /// Each offer at the price of a promotion, where it has one.
    #[must_use]
    pub fn promoted(mut self, promote: impl FnMut(&mut Listed)) -> Self {
        self.listed.iter_mut().for_each(promote);
        self
    }

    pub fn all(&self) -> &[Listed] {
        &self.listed
    }

    pub fn find(&self, offer: &OfferId) -> Option<&Listed> {
        self.listed.iter().find(|listed| listed.offer.id == *offer)
    }

    /// What one unit costs for one billing period; nothing where there is no price.
    pub fn unit_price(&self, listed: &Listed, billing: Billing) -> Money {
        listed.price.map_or(Money::new(0, self.currency), |price| price.per_period(billing))
    }
}

impl Listed {
    /// Why this buyer cannot buy the offer, beside these other offers in the same order.
    pub fn refusal(&self, buyer: &Buyer, chosen: &[OfferId]) -> Option<Refusal> {
        let offer = &self.offer;
        if !offer.is_available {
            return Some(Refusal::Withdrawn);
        }
        if self.price.is_none() {
            return Some(Refusal::NoPrice);
        }
        if !offer.is_sold_in(buyer.country) || !offer.is_sold_in(buyer.provider_country) {
            return Some(Refusal::NotSoldThere);
        }
        if offer.qualification != Qualification::None && offer.qualification != buyer.qualification {
            return Some(Refusal::NotQualified(offer.qualification));
        }
        self.refused_trial(buyer, chosen)
            .or_else(|| self.reached_limit(buyer))
            .or_else(|| self.missing_base(buyer, chosen))
            .or_else(|| buyer.closed.contains(&offer.id).then_some(Refusal::ClosedToReseller))
    }

    fn refused_trial(&self, buyer: &Buyer, chosen: &[OfferId]) -> Option<Refusal> {
        if !self.offer.is_trial {
            return None;
        }
        if matches!(buyer.qualification, Qualification::Education | Qualification::Government) {
            return Some(Refusal::NoTrials);
        }
        let paid = self.offer.converts_to.as_ref()?;
        let is_owned = buyer.holdings.iter().any(|held| held.offer == *paid && held.standing.is_there());
        (is_owned || chosen.contains(paid)).then_some(Refusal::AlreadyOwned)
    }

    fn reached_limit(&self, buyer: &Buyer) -> Option<Refusal> {
        let (scope, count) = (self.offer.limit_scope, self.offer.limit_count);
        let counts = |held: &&Holding| match scope {
            LimitScope::Unlimited => false,
            LimitScope::Lifetime => true,
            LimitScope::Concurrent => held.standing.is_there(),
            LimitScope::Reseller => held.standing.is_there() && held.earner == buyer.through,
        };
        let mut held = buyer.holdings.iter().filter(|held| held.offer == self.offer.id).filter(counts);
        let first = held.next();
        let so_many = held.count() + usize::from(first.is_some());
        let is_reached =
            scope != LimitScope::Unlimited && i32::try_from(so_many).map_or(true, |so_many| so_many >= count);
        let refusal = match first {
            Some(first) if scope == LimitScope::Reseller => {
                Refusal::LimitReachedWithReseller { count, held: first.subscription }
            }
            _ => Refusal::LimitReached { scope, count },
        };
        is_reached.then_some(refusal)
    }

    fn missing_base(&self, buyer: &Buyer, chosen: &[OfferId]) -> Option<Refusal> {
        if !self.offer.is_add_on {
            return None;
        }
        let is_held =
            |base: &OfferId| buyer.holdings.iter().any(|held| held.offer == *base && held.is_base());
        let has_base = self.prerequisites.iter().any(|base| chosen.contains(base) || is_held(base));
        (!has_base).then_some(Refusal::BaseMissing)
    }
}

impl Offer {
    pub fn is_sold_in(&self, country: Country) -> bool {
        self.countries.is_empty() || self.countries.iter().any(|code| code == country.code())
    }
}

impl Holding {
    /// Whether it is not gone.
    pub fn is_there(&self) -> bool {
        self.standing.is_there()
    }

    /// Whether add-ons can be bought for it.
    pub fn is_base(&self) -> bool {
        self.standing == Standing::Active
    }
}

impl Standing {
    fn is_there(self) -> bool {
        self != Self::Deleted
    }
}

#[cfg(test)]
pub mod tests;
