//! What a quantity costs a month and a year, and which change of it deserves a second look.

use crate::catalog::model::Billing;
use crate::values::money::Money;
use crate::values::quantity::Quantity;

/// What so many units cost, before tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    pub month: Money,
    pub year: Money,
}

impl Cost {
    /// A year of what is billed monthly is twelve months. A month of what is billed annually is a twelfth of the
    /// price of one: exact, rounded half up to the minor unit, and only then multiplied.
    pub fn of(unit_price: Money, billing: Billing, quantity: Quantity) -> Self {
        let (month, year) = match billing {
            Billing::Monthly => (unit_price, unit_price.times(12)),
            Billing::Annual => (unit_price.divided(12), unit_price),
            Billing::Never => (Money::new(0, unit_price.currency), Money::new(0, unit_price.currency)),
        };
        Self { month: month.times(quantity.get()), year: year.times(quantity.get()) }
    }

    /// The sum with what is paid in the same currency.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { month: self.month.plus(other.month), year: self.year.plus(other.year) }
    }

    /// How much more this is than another one.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self { month: self.month.minus(other.month), year: self.year.minus(other.year) }
    }
}

/// So many times the old quantity nobody orders by accident.
const TIMES: i64 = 10;

/// Whether a new quantity is so much more than the old one that it is typed twice: more than ten times as much, or
/// more than the operator's limit. Nobody has to prove that less is meant.
pub fn is_unusual(old: Quantity, new: Quantity, limit: i64) -> bool {
    new > old && (new.get() > old.get().saturating_mul(TIMES) || new.get() > limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::currency::Currency;

    fn money(minor: i64, currency: &str) -> Money {
        Money::new(minor, Currency::parse(currency).unwrap())
    }

    fn minors(cost: Cost) -> (i64, i64) {
        (cost.month.minor, cost.year.minor)
    }

    #[test]
    fn twelve_months_are_a_year_and_a_month_of_an_annual_price_is_rounded_for_each() {
        let quantity = Quantity::of(7);
        assert_eq!(minors(Cost::of(money(510, "EUR"), Billing::Monthly, quantity)), (3_570, 42_840));
        // 61.25 a year are 5.104… a month: 5.10 for each of the seven.
        assert_eq!(minors(Cost::of(money(6_125, "EUR"), Billing::Annual, quantity)), (3_570, 42_875));
        assert_eq!(minors(Cost::of(money(6_126, "EUR"), Billing::Annual, quantity)), (3_577, 42_882));
        assert_eq!(minors(Cost::of(money(1_000, "JPY"), Billing::Annual, quantity)), (581, 7_000));
        assert_eq!(minors(Cost::of(money(510, "EUR"), Billing::Never, quantity)), (0, 0));
    }

    #[test]
    fn a_difference_may_be_less() {
        let cost = |count| Cost::of(money(510, "EUR"), Billing::Monthly, Quantity::of(count));
        assert_eq!(minors(cost(3).minus(cost(5))), (-1_020, -12_240));
    }

    #[test]
    fn much_more_is_typed_twice_and_less_never() {
        let is = |old, new| is_unusual(Quantity::of(old), Quantity::of(new), 1000);
        assert!(!is(25, 250) && is(25, 251));
        assert!(!is(999, 1000) && is(999, 1001) && is(5000, 5001));
        assert!(!is(5000, 4000) && !is(5000, 1));
    }
}
