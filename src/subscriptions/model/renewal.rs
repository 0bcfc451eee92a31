//! What comes of a subscription when its term is over, as the list of renewals says it.

use std::collections::{HashMap, HashSet};

use super::Subscription;
use super::calendar::{Turn, going_on};
use crate::customers::model::Glimpse;
use crate::values::id::SubscriptionId;
use crate::values::money::Money;

/// A subscription whose term is over soon, with all that renews or ends together with it.
#[derive(Clone, Debug)]
pub struct Renewal {
    pub subscription: Subscription,
    pub customer: Glimpse,
    pub add_ons: Vec<Subscription>,
    /// What the catalogue asks on the day of renewal as far as it says by now, for one unit and one billing period.
    pub prices: HashMap<SubscriptionId, Money>,
}

impl Renewal {
    /// Whether another term follows.
    pub fn renews(&self) -> bool {
        self.subscription.at_end_of_term() == Turn::Renew
    }

    /// What one unit will cost, as far as the catalogue says by now.
    pub fn price_then(&self) -> Money {
        self.price_of(&self.subscription)
    }

    /// How much more all that renews will cost for one billing period.
    pub fn difference(&self) -> Money {
        let going_on =
            if self.renews() { going_on(&self.subscription, &self.add_ons) } else { HashSet::new() };
        let own = std::iter::once(&self.subscription).chain(&self.add_ons);
        let renewing = own.filter(|one| going_on.contains(&one.id));
        let more = renewing.map(|one| self.price_of(one).times(one.quantity_then().get()).minus(one.total()));
        more.fold(Money::new(0, self.subscription.unit_price.currency), Money::plus)
    }

    /// Whether an add-on goes on into the next term.
    pub fn goes_on(&self, add_on: &Subscription) -> bool {
        self.renews() && going_on(&self.subscription, &self.add_ons).contains(&add_on.id)
    }

    fn price_of(&self, one: &Subscription) -> Money {
        self.prices.get(&one.id).copied().unwrap_or(one.unit_price)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::plain;
    use super::*;
    use crate::values::currency::Currency;
    use crate::values::quantity::Quantity;

    fn euro(minor: i64) -> Money {
        Money::new(minor, Currency::parse("EUR").unwrap())
    }

    fn of(subscription: Subscription, add_ons: Vec<Subscription>, minor: i64) -> Renewal {
        let all = std::iter::once(&subscription).chain(&add_ons);
        let prices = all.map(|one| (one.id, euro(minor))).collect();
        let customer = Glimpse {
            id: subscription.customer,
            company_name: "Contoso".to_owned(),
            domain: "contoso.example".to_owned(),
            country: crate::values::country::Country::parse("DE").unwrap(),
            is_held: true,
        };
        Renewal { subscription, customer, add_ons, prices }
    }

    #[test]
    fn what_renews_costs_what_the_catalogue_asks_and_what_ends_nothing() {
        let base = plain();
        let add_on = |auto_renews| Subscription {
            parent: Some(base.id),
            quantity: Quantity::of(2),
            auto_renews,
            ..plain()
        };
        assert_eq!(of(base.clone(), vec![add_on(true)], 600).difference(), euro(90 * 12));
        assert_eq!(of(base.clone(), vec![add_on(false)], 600).difference(), euro(90 * 10));
        assert_eq!(of(plain(), vec![], 500).difference(), euro(-100));
        let fewer = Subscription { renewal_quantity: Some(Quantity::of(4)), ..plain() };
        assert_eq!(of(fewer, vec![], 600).difference(), euro(4 * 600 - 10 * 510));
        let ends = Subscription { auto_renews: false, ..plain() };
        assert!(!of(ends.clone(), vec![], 600).renews());
        assert_eq!(of(ends, vec![add_on(true)], 600).difference(), euro(0));
    }

    #[test]
    fn what_the_catalogue_does_not_price_costs_what_it_did() {
        let renewal = Renewal { prices: HashMap::new(), ..of(plain(), vec![], 0) };
        assert_eq!((renewal.price_then(), renewal.difference()), (euro(510), euro(0)));
    }
}
