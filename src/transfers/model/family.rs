//! A subscription with the add-ons that move with it: chosen, accepted and moved as one.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::rules::{Obstacle, obstacle};
use crate::subscriptions::model::{Status, Subscription};
use crate::values::id::{OrderId, OrganisationId, SubscriptionId};

/// One of a customer's.
#[derive(Clone, Debug)]
pub struct Family {
    pub base: Subscription,
    /// With the add-ons of add-ons, each behind what it belongs to.
    pub add_ons: Vec<Subscription>,
    /// Why it cannot be moved now.
    pub obstacle: Option<Obstacle>,
}

impl Family {
    pub fn all(&self) -> impl Iterator<Item = &Subscription> {
        std::iter::once(&self.base).chain(&self.add_ons)
    }

    /// Which reseller it names; the add-ons of others stay theirs.
    pub fn earner(&self) -> Option<&OrganisationId> {
        self.base.incentives.as_ref().map(|(_, reseller)| reseller)
    }
}

/// Families out of everything that a customer has and that is not deleted, in the order of their bases. Subscriptions in
/// `open` are in another file, and those of the orders in `fresh` can still be cancelled.
pub fn families(
    all: Vec<Subscription>,
    (open, fresh): (&HashSet<SubscriptionId>, &HashSet<OrderId>),
    today: NaiveDate,
) -> Vec<Family> {
    let (bases, mut rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.parent.is_none());
    let mut roots: HashMap<SubscriptionId, SubscriptionId> =
        bases.iter().map(|base| (base.id, base.id)).collect();
    let mut families: Vec<Family> =
        bases.into_iter().map(|base| Family { base, add_ons: Vec::new(), obstacle: None }).collect();
    // Each round finds what hangs on the round before; what hangs on nothing that is there is left out.
    while !rest.is_empty() {
        let (found, left): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|one| one.parent.is_some_and(|parent| roots.contains_key(&parent)));
        if found.is_empty() {
            break;
        }
        for add_on in found {
            let root = add_on.parent.and_then(|parent| roots.get(&parent).copied());
            let family = families.iter_mut().find(|family| Some(family.base.id) == root);
            if let (Some(root), Some(family)) = (root, family) {
                roots.insert(add_on.id, root);
                family.add_ons.push(add_on);
            }
        }
        rest = left;
    }
    for family in &mut families {
        let first = family.all().find_map(|one| {
            let is_there = one.standing(today) != Status::Deleted;
            let own = obstacle(one, open.contains(&one.id), fresh.contains(&one.order), today);
            own.filter(|_| is_there || one.id == family.base.id)
        });
        family.obstacle = first;
    }
    families.retain(|family| family.base.standing(today) != Status::Deleted);
    families
}
