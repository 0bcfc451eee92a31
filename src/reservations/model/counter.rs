//! Where reservations are bought: what a customer can choose, and why not.

use chrono::NaiveDate;

use super::product::Product;
use super::{Instalments, OfRecord, Payment, Scope, expiry};
use crate::customers::model::Customer;
use crate::values::currency::Currency;
use crate::values::id::{ReservationProductId, SubscriptionId};
use crate::values::mark::mark_of;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

/// All that decides about a purchase.
#[derive(Clone, Debug)]
pub struct Counter {
    pub customer: Customer,
    pub provider_name: String,
    pub currency: Currency,
    /// What has a price in the currency, by name.
    pub products: Vec<Product>,
    pub plans: Vec<Plan>,
    pub barrier: Option<Barrier>,
    /// For the customer's own people: what they may spend this month.
    pub allowance: Option<Allowance>,
    pub today: NaiveDate,
}

/// What a reservation can be bought under.
#[derive(Clone, Debug)]
pub struct Plan {
    pub id: SubscriptionId,
    pub name: String,
    pub record: Option<OfRecord>,
    /// Whom it names that cannot be named on anything new, so that nobody would earn for it.
    pub unnamed: Option<String>,
}

/// Why nothing can be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// The relationship with the customer has ended.
    Ended,
    /// The provider is suspended, and nothing new begins through it.
    Suspended,
    /// The provider does not let the customer buy.
    NotAllowed,
    AgreementAwaited,
    /// The country of the customer demands what its account does not hold.
    AccountIncomplete,
    /// Nothing of it is billed by usage.
    NoPlan,
    /// Nothing has a price in the currency.
    NothingOffered,
}

/// What a customer may spend by itself in a month, and what it has spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub limit: Money,
    pub spent: Money,
}

impl Allowance {
    pub fn left(&self) -> Money {
        Money::new(self.limit.minus(self.spent).minor.max(0), self.limit.currency)
    }
}

/// What somebody wants to buy.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    pub product: ReservationProductId,
    pub years: i32,
    pub plan: SubscriptionId,
    pub scope: Scope,
    pub quantity: Quantity,
    pub payment: Payment,
}

/// What is to be bought, with what it costs and until when it holds.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    pub product: &'a Product,
    pub plan: &'a Plan,
    pub wanted: Wanted,
    pub price: Money,
    pub total: Money,
    pub starts_on: NaiveDate,
    pub expires_on: NaiveDate,
}

impl Counter {
    pub fn product(&self, id: &ReservationProductId) -> Option<&Product> {
        self.products.iter().find(|product| product.id == *id)
    }

    /// What one costs for a term.
    pub fn price(&self, product: &Product, years: &i32) -> Option<Money> {
        product.said.price(*years, self.currency)
    }

    pub fn plan(&self, id: &SubscriptionId) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.id == *id)
    }

    pub fn chosen(&self, wanted: Wanted) -> Option<Chosen<'_>> {
        let (product, plan) = (self.product(&wanted.product)?, self.plan(&wanted.plan)?);
        let price = product.said.price(wanted.years, self.currency)?;
        let (starts_on, expires_on) = (self.today, expiry(self.today, wanted.years));
        let total = price.times(wanted.quantity.get());
        Some(Chosen { product, plan, wanted, price, total, starts_on, expires_on })
    }

    /// What is left of the month where that is less than this.
    pub fn beyond(&self, total: Money) -> Option<Money> {
        let left = self.allowance?.left();
        (left.minor < total.minor).then_some(left)
    }
}

impl Chosen<'_> {
    pub fn instalments(&self) -> Option<Instalments> {
        (self.wanted.payment == Payment::Monthly).then(|| Instalments::of(self.total, self.wanted.years))
    }

    /// What is paid at once, and what each month: what does not part evenly is paid with the first instalment.
    pub fn due(&self) -> (Money, Money) {
        let nothing = Money::new(0, self.total.currency);
        match self.instalments() {
            Some(parts) => (parts.first.minus(parts.each), parts.each),
            None => (self.total, nothing),
        }
    }

    /// What the review shows and the purchase must find again.
    pub fn mark(&self) -> String {
        let record = self.plan.record.as_ref().map_or("", |record| record.mpn_id.as_str());
        let (name, region) = (&self.product.said.name, &self.product.said.region);
        let (price, starts_on, wanted) = (self.price, self.starts_on, self.wanted);
        mark_of(&format!("{name}\n{region}\n{record}\n{} {starts_on} {wanted:?}", price.minor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_month_is_never_below_nothing() {
        let money = |minor| Money::new(minor, Currency::Eur);
        let left = |limit, spent| Allowance { limit: money(limit), spent: money(spent) }.left().minor;
        assert_eq!((left(100, 30), left(100, 100), left(100, 130)), (70, 0, 0));
    }
}
