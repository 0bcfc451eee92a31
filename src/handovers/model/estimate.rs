//! What it means in numbers, as far as that is known before: of the first customers that are selected.

use std::collections::{HashMap, HashSet};

use super::Earners;
use crate::relationships::model::{Earners as EarnersOf, Effect, Held, Helpers, Parties, effects};
use crate::values::id::{CustomerId, OrganisationId, SubscriptionId};
use crate::values::mark::mark_of;

/// The customers that were looked at, and what they have.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    pub customers: Vec<CustomerId>,
    /// Whether more are selected than were looked at.
    pub has_more: bool,
    /// Those that the former reseller administers.
    pub with_former: Vec<CustomerId>,
    /// Those that the new one does already.
    pub with_reseller: Vec<CustomerId>,
    pub held: Vec<(CustomerId, Held)>,
    /// How many of those for which something changes have a plan that waits for its day.
    pub planned: i64,
}

/// The consequences in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    pub customers: usize,
    pub has_more: bool,
    /// For how many of them something changes.
    pub concerned: usize,
    /// How many subscriptions name somebody else for incentives.
    pub earned: usize,
    /// Of how many somebody else becomes the support contact.
    pub helped: usize,
    /// With how many of those another reseller helps until then, other than the former one.
    pub taken: usize,
    pub planned: i64,
}

impl Estimate {
    pub fn of(
        sample: &Sample,
        (provider, former, reseller): (&OrganisationId, Option<&OrganisationId>, Option<&OrganisationId>),
        (earners, helpers): (Earners, &Helpers),
    ) -> Self {
        let concerned = sample.concerned(former.is_some());
        let held = sample.held.iter().filter(|(customer, _)| concerned.contains(customer));
        let held: Vec<Held> = held.map(|(_, held)| held.clone()).collect();
        // All of many are counted one by one: a list of them would be looked through for each.
        let all = held.iter().filter(|one| one.earner.as_ref() != reseller).count();
        let of_former = earners.of(Vec::new);
        let effects = effects(&held, Parties { provider, former, reseller }, &of_former, helpers);
        let until_then: HashMap<&SubscriptionId, &OrganisationId> =
            held.iter().map(|one| (&one.id, &one.helper)).collect();
        let is_anothers = |effect: &Effect| {
            let helper = until_then.get(&effect.id).copied();
            helper.is_some_and(|helper| helper != provider && Some(helper) != former)
        };
        let earned = effects.iter().filter(|effect| effect.earner.is_some()).count();
        Self {
            customers: sample.customers.len(),
            has_more: sample.has_more,
            concerned: concerned.len(),
            earned: if earners == Earners::All { all } else { earned },
            helped: effects.iter().filter(|effect| effect.helper.is_some()).count(),
            taken: effects.iter().filter(|effect| effect.helper.is_some() && is_anothers(effect)).count(),
            planned: sample.planned,
        }
    }
}

impl Sample {
    /// Tells whether the same customers are selected, as far as they were looked at.
    pub fn mark(&self) -> String {
        let ids: Vec<&str> = self.customers.iter().map(CustomerId::as_str).collect();
        mark_of(&format!("{} {}", ids.join(" "), self.has_more))
    }

    /// Those for which something changes.
    pub fn concerned(&self, has_former: bool) -> HashSet<CustomerId> {
        if has_former {
            return self.with_former.iter().copied().collect();
        }
        let served: HashSet<&CustomerId> = self.with_reseller.iter().collect();
        self.customers.iter().filter(|one| !served.contains(one)).copied().collect()
    }
}

impl Earners {
    /// The same for one customer, or a few, that have these subscriptions.
    pub fn of(self, all: impl FnOnce() -> Vec<SubscriptionId>) -> EarnersOf {
        match self {
            Self::Leave => EarnersOf::Leave,
            Self::OfFormer => EarnersOf::OfFormer,
            Self::All => EarnersOf::These(all()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Story {
        provider: OrganisationId,
        former: OrganisationId,
        reseller: OrganisationId,
        sample: Sample,
    }

    /// Three customers with one subscription each: the former reseller administers the first two, earns for the first and
    /// for the third, which another one administers.
    fn story() -> Story {
        let [provider, former, reseller] = [(); 3].map(|()| OrganisationId::new());
        let customers = [(); 3].map(|()| CustomerId::new());
        let [first, second, third] = customers;
        let held =
            |earner, helper| Held { id: SubscriptionId::new(), nickname: String::new(), earner, helper };
        let held = vec![
            (first, held(Some(former), former)),
            (second, held(None, provider)),
            (third, held(Some(former), provider)),
        ];
        let with_former = vec![first, second];
        let sample = Sample {
            customers: customers.to_vec(),
            with_former,
            with_reseller: vec![third],
            held,
            ..Sample::default()
        };
        Story { provider, former, reseller, sample }
    }

    impl Story {
        fn estimate(&self, has_former: bool, earners: Earners, helpers: &Helpers) -> (usize, usize, usize) {
            let parties = (&self.provider, has_former.then_some(&self.former), Some(&self.reseller));
            let estimate = Estimate::of(&self.sample, parties, (earners, helpers));
            (estimate.concerned, estimate.earned, estimate.helped)
        }
    }

    #[test]
    fn only_customers_of_the_former_reseller_are_concerned() {
        let story = story();
        assert_eq!(story.estimate(true, Earners::OfFormer, &Helpers::ToReseller), (2, 1, 1));
        assert_eq!(story.estimate(true, Earners::All, &Helpers::Leave), (2, 2, 0));
        assert_eq!(story.estimate(true, Earners::Leave, &Helpers::ToProvider), (2, 0, 1));
    }

    #[test]
    fn one_more_reseller_concerns_those_that_it_does_not_administer() {
        assert_eq!(story().estimate(false, Earners::Leave, &Helpers::Leave), (2, 0, 0));
        assert_eq!(story().estimate(false, Earners::All, &Helpers::Leave), (2, 2, 0));
        assert_eq!(story().estimate(false, Earners::Leave, &Helpers::All), (2, 0, 2));
        let story = story();
        let parties = (&story.provider, None, Some(&story.reseller));
        let all = Estimate::of(&story.sample, parties, (Earners::Leave, &Helpers::All));
        // The provider helps with the other one.
        assert_eq!((all.helped, all.taken), (2, 1));
    }
}
