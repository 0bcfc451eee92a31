//! What a subscription can be upgraded to, and why not to the rest.

use crate::catalog::facts::Licensed;
use crate::catalog::model::{self as catalog, Billing, Listed, Offer};
use crate::subscriptions::model::{Subscription, purchase, rules};
use crate::values::folding::folded;
use crate::values::id::{OfferId, OrganisationId};
use crate::values::quantity::Quantity;

/// Why nothing can be bought in place of a subscription. `templates/upgrades/words.html` says so, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// As the subscription and its customer stand.
    Rule(rules::Refusal),
    /// The catalog names no offer for it.
    NoPaths,
    /// The customer has taken delegated administration from the provider, without which no license is moved.
    Undelegated,
    /// It is added to another one.
    AddOn,
}

/// Why a target cannot be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The customer cannot buy it.
    NotSold(catalog::Refusal),
    /// The customer has it already.
    Owned,
    /// Something else that the customer has holds the same service plan.
    SamePlan { plan: String, other: String },
    /// What is added to the subscription is billed as often as that, and this is not.
    BilledOtherwise,
    /// What is added to the subscription does not go with it.
    AddOns(Vec<String>),
}

impl Obstacle {
    /// Whether it is mended by naming another reseller.
    pub fn is_of_reseller(&self) -> bool {
        matches!(self, Self::NotSold(why) if why.is_of_reseller())
    }
}

/// An offer that the catalog names as a target.
#[derive(Clone, Debug)]
pub struct Target {
    pub listed: Listed,
    pub obstacle: Option<Obstacle>,
}

/// What decides about targets beside the catalogue.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// What else the customer has that is not deleted, by its offer.
    pub others: Vec<Licensed>,
    /// What is added to the subscription itself, by its offer and name.
    pub add_ons: Vec<(OfferId, String)>,
    /// How it is billed now, and with it what is added to it.
    pub billing: Billing,
    /// The reseller that it names, and with it what takes its place.
    pub earner: Option<OrganisationId>,
}

impl Surroundings {
    /// Why a target that the customer could buy cannot take the place.
    pub fn obstacle(&self, target: &Listed, licensed: &Licensed, add_ons: &[Listed]) -> Option<Obstacle> {
        if self.others.iter().any(|other| other.id == target.offer.id) {
            return Some(Obstacle::Owned);
        }
        let goes_along = |offer: &OfferId| {
            add_ons.iter().any(|one| one.offer.id == *offer && one.prerequisites.contains(&target.offer.id))
        };
        let lost = self.add_ons.iter().filter(|(offer, _)| !goes_along(offer));
        let lost: Vec<String> = lost.map(|(_, name)| name.clone()).collect();
        if !lost.is_empty() {
            return Some(Obstacle::AddOns(lost));
        }
        if !self.add_ons.is_empty() && !target.offer.billings().contains(&self.billing) {
            return Some(Obstacle::BilledOtherwise);
        }
        for other in &self.others {
            let shared = licensed.plans.iter().find(|plan| has(other, plan));
            if let Some(plan) = shared {
                return Some(Obstacle::SamePlan { plan: plan.clone(), other: other.name.clone() });
            }
        }
        None
    }
}

fn has(other: &Licensed, plan: &str) -> bool {
    other.plans.iter().any(|one| folded(one) == folded(plan))
}

/// How somebody wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub target: OfferId,
    pub how: purchase::Wanted,
}

impl Wanted {
    /// Where there is nothing to choose any more.
    pub fn none() -> Self {
        let how = purchase::Wanted { quantity: Quantity::of(1), billing: Billing::Never };
        Self { target: OfferId::new(), how }
    }
}

impl Target {
    pub fn offer(&self) -> &Offer {
        &self.listed.offer
    }

    pub fn is_possible(&self) -> bool {
        self.obstacle.is_none()
    }
}

/// What a subscription can be upgraded to.
#[derive(Clone, Debug)]
pub struct Upgrade {
    pub subscription: Subscription,
    pub targets: Vec<Target>,
    /// How it stays billed, where something is added to it.
    pub fixed_billing: Option<Billing>,
    /// So many users have a license that goes along.
    pub users: i64,
}

impl Upgrade {
    pub fn target(&self, id: &OfferId) -> Option<&Target> {
        self.targets.iter().find(|target| target.offer().id == *id && target.is_possible())
    }

    /// How many users would be without a license.
    pub fn left_without(&self, quantity: Quantity) -> i64 {
        (self.users - quantity.get()).max(0)
    }

    pub fn possible(&self) -> impl Iterator<Item = &Target> {
        self.targets.iter().filter(|target| target.is_possible())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::model::buying::tests::listed;

    fn licensed(offer: &Listed, plans: &[&str]) -> Licensed {
        Licensed {
            id: offer.offer.id,
            name: offer.offer.name.clone(),
            plans: plans.iter().map(|plan| (*plan).to_owned()).collect(),
            countries: Vec::new(),
            bases: Vec::new(),
        }
    }

    #[test]
    fn what_the_customer_has_in_another_way_is_no_upgrade() {
        let (target, other) = (listed("E5"), listed("Mail"));
        let around = |others: Vec<Licensed>| Surroundings {
            others,
            add_ons: Vec::new(),
            billing: Billing::Monthly,
            earner: None,
        };
        let plans = licensed(&target, &["Exchange", "Teams"]);
        assert_eq!(around(Vec::new()).obstacle(&target, &plans, &[]), None);
        let twice = around(vec![licensed(&other, &["EXCHANGE"])]);
        let same = Obstacle::SamePlan { plan: "Exchange".to_owned(), other: other.offer.name.clone() };
        assert_eq!(twice.obstacle(&target, &plans, &[]), Some(same));
        let owned = around(vec![licensed(&target, &[])]);
        assert_eq!(owned.obstacle(&target, &plans, &[]), Some(Obstacle::Owned));
    }

    #[test]
    fn add_ons_go_along_where_they_fit_and_hold_it_up_otherwise() {
        let target = listed("E5");
        let mut phone = listed("Phone");
        let add_ons = vec![(phone.offer.id, "Phone".to_owned())];
        let around = Surroundings { others: Vec::new(), add_ons, billing: Billing::Monthly, earner: None };
        let plans = licensed(&target, &[]);
        let lost = Some(Obstacle::AddOns(vec!["Phone".to_owned()]));
        assert_eq!(around.obstacle(&target, &plans, &[phone.clone()]), lost);
        phone.prerequisites.push(target.offer.id);
        assert_eq!(around.obstacle(&target, &plans, &[phone.clone()]), None);
        let mut annual = target.clone();
        annual.offer.billed_monthly = false;
        assert_eq!(around.obstacle(&annual, &plans, &[phone]), Some(Obstacle::BilledOtherwise));
    }
}
