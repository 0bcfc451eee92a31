//! What an arrangement does to each subscription: the page counts it, and the deed does it.

use super::{Earners, Helpers};
use crate::values::id::{OrganisationId, SubscriptionId};

/// What matters here of a subscription that the customer has.
#[derive(Clone, Debug)]
pub struct Held {
    pub id: SubscriptionId,
    pub nickname: String,
    pub earner: Option<OrganisationId>,
    pub helper: OrganisationId,
}

/// Between whom something is arranged.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    pub provider: &'a OrganisationId,
    pub former: Option<&'a OrganisationId>,
    pub reseller: Option<&'a OrganisationId>,
}

/// What changes for one subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    pub id: SubscriptionId,
    /// Who earns from now on, or nobody; none where that stays.
    pub earner: Option<Option<OrganisationId>>,
    /// Who helps from now on; none where that stays.
    pub helper: Option<OrganisationId>,
}

/// What changes, subscription by subscription; those for which nothing does are left out.
pub fn effects(held: &[Held], parties: Parties<'_>, earners: &Earners, helpers: &Helpers) -> Vec<Effect> {
    let of = |one: &Held| Effect {
        id: one.id,
        earner: earner(one, parties, earners),
        helper: helper(one, parties, helpers),
    };
    held.iter().map(of).filter(|effect| effect.earner.is_some() || effect.helper.is_some()).collect()
}

fn earner(one: &Held, parties: Parties<'_>, earners: &Earners) -> Option<Option<OrganisationId>> {
    let is_meant = match earners {
        Earners::Leave => false,
        Earners::OfFormer => parties.former.is_some() && one.earner.as_ref() == parties.former,
        Earners::These(ids) => ids.contains(&one.id),
    };
    (is_meant && one.earner.as_ref() != parties.reseller).then(|| parties.reseller.copied())
}

fn helper(one: &Held, parties: Parties<'_>, helpers: &Helpers) -> Option<OrganisationId> {
    let is_of_former = parties.former == Some(&one.helper);
    let (is_meant, next) = match helpers {
        Helpers::Leave => (false, None),
        Helpers::ToReseller => (is_of_former, parties.reseller),
        Helpers::ToProvider => (is_of_former, Some(parties.provider)),
        Helpers::All => (true, parties.reseller),
        Helpers::These(ids) => (ids.contains(&one.id), parties.reseller),
    };
    next.filter(|next| is_meant && **next != one.helper).copied()
}

/// The consequences in numbers of subscriptions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// They name the reseller from then on, or nobody where there is none.
    pub earned: usize,
    /// They go on naming the former one, which goes on managing them.
    pub kept: usize,
    /// The reseller begins to help with them.
    pub helped: usize,
    /// Another reseller than the former one helped with so many of these.
    pub taken: usize,
    /// The provider does instead of the former one.
    pub returned: usize,
}

impl Numbers {
    pub fn of(held: &[Held], parties: Parties<'_>, effects: &[Effect]) -> Self {
        let count = |is: &dyn Fn(&Held, Option<OrganisationId>, OrganisationId) -> bool| {
            let after = |one: &&Held| {
                let effect = effects.iter().find(|effect| effect.id == one.id);
                let earner = effect.and_then(|effect| effect.earner).unwrap_or(one.earner);
                let helper = effect.and_then(|effect| effect.helper).unwrap_or(one.helper);
                is(one, earner, helper)
            };
            held.iter().filter(after).count()
        };
        let is_former = |id: &OrganisationId| parties.former == Some(id);
        let is_new = |helper: &OrganisationId| parties.reseller == Some(helper);
        let helps_anew = |one: &Held, helper: &OrganisationId| is_new(helper) && !is_new(&one.helper);
        Self {
            earned: effects.iter().filter(|effect| effect.earner.is_some()).count(),
            kept: count(&|_, earner, _| earner.as_ref().is_some_and(is_former)),
            helped: count(&|one, _, helper| helps_anew(one, &helper)),
            taken: count(&|one, _, helper| {
                helps_anew(one, &helper) && !is_former(&one.helper) && one.helper != *parties.provider
            }),
            // A former reseller helps only as long as it administers the customer or the subscription names it.
            returned: count(&|one, earner, helper| {
                let lapses = is_former(&helper) && !earner.as_ref().is_some_and(is_former);
                is_former(&one.helper) && (helper == *parties.provider || lapses)
            }),
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
        held: Vec<Held>,
    }

    /// Three subscriptions: the former one earns and helps; it only helps; the provider does all.
    fn story() -> Story {
        let [provider, former, reseller] = [(); 3].map(|()| OrganisationId::new());
        let held =
            |earner, helper| Held { id: SubscriptionId::new(), nickname: "Basic".to_owned(), earner, helper };
        let held = vec![held(Some(former), former), held(None, former), held(None, provider)];
        Story { provider, former, reseller, held }
    }

    impl Story {
        fn numbers(&self, has_reseller: bool, earners: &Earners, helpers: &Helpers) -> Numbers {
            let reseller = has_reseller.then_some(&self.reseller);
            let parties = Parties { provider: &self.provider, former: Some(&self.former), reseller };
            Numbers::of(&self.held, parties, &effects(&self.held, parties, earners, helpers))
        }
    }

    #[test]
    fn what_is_left_stays_with_the_former_one_as_far_as_it_may() {
        let left = story().numbers(true, &Earners::Leave, &Helpers::Leave);
        assert_eq!(left, Numbers { kept: 1, returned: 1, ..Numbers::default() });
    }

    #[test]
    fn what_is_handed_over_is_all_of_the_former_one() {
        let all = story().numbers(true, &Earners::OfFormer, &Helpers::ToReseller);
        assert_eq!(all, Numbers { earned: 1, helped: 2, ..Numbers::default() });
        let back = story().numbers(false, &Earners::OfFormer, &Helpers::ToProvider);
        assert_eq!(back, Numbers { earned: 1, returned: 2, ..Numbers::default() });
    }

    #[test]
    fn what_is_ticked_changes_and_nothing_else() {
        let story = story();
        let last = story.held[2].id;
        let ticked = story.numbers(true, &Earners::These(vec![last]), &Helpers::Leave);
        assert_eq!((ticked.earned, ticked.kept), (1, 1));
        let ticked = story.numbers(true, &Earners::Leave, &Helpers::These(vec![last]));
        assert_eq!((ticked.helped, ticked.taken, ticked.earned), (1, 0, 0));
    }

    #[test]
    fn one_more_reseller_helps_with_all_and_what_another_one_helped_with_is_told_apart() {
        let Story { provider, reseller, mut held, .. } = story();
        held.truncate(2);
        held.push(Held { id: SubscriptionId::new(), helper: provider, ..held[0].clone() });
        held.push(Held { id: SubscriptionId::new(), helper: reseller, ..held[0].clone() });
        let parties = Parties { provider: &provider, former: None, reseller: Some(&reseller) };
        let effects = effects(&held, parties, &Earners::Leave, &Helpers::All);
        let numbers = Numbers::of(&held, parties, &effects);
        assert_eq!(numbers, Numbers { helped: 3, taken: 2, ..Numbers::default() });
        assert_eq!(effects.len(), 3, "what it helps with already stays");
    }
}
