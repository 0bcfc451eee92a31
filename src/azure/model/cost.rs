//! What was used has cost, exactly: many a meter costs less than the smallest coin a day.

use std::fmt;

use super::number::Number;
use crate::values::currency::Currency;
use crate::values::money::Money;
use crate::values::problem::Problem;

/// Decimals of the major unit that are kept.
const PLACES: u32 = 6;
/// One meter costs less than a thousand millions a day.
const MOST: i64 = 999_999_999_999_999;

/// Millionths of the major unit of a currency, before tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost(i64);

impl Cost {
    pub fn of(millionths: i64) -> Self {
        Self(millionths)
    }

    /// What a file says that something cost, to a millionth.
    ///
    /// # Errors
    /// As for [`Number::parse`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let cost = Number::parse(typed)?.parts(6);
        if cost > MOST { Err(Problem::Above { maximum: MOST / 1_000_000 }) } else { Ok(Self(cost)) }
    }

    pub fn millionths(self) -> i64 {
        self.0
    }

    /// The sum; stays at the largest amount instead of overflowing.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// How much more it is than another one; less than nothing where it is less.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Rounded half up to the minor unit.
    pub fn money(self, currency: Currency) -> Money {
        let unit = 10_i64.pow(PLACES.saturating_sub(currency.minor_digits()));
        let size = self.0.unsigned_abs().saturating_add(unit.unsigned_abs() / 2) / unit.unsigned_abs();
        Money::new(i64::try_from(size).unwrap_or(i64::MAX) * self.0.signum(), currency)
    }

    /// The same amount of money, exactly.
    pub fn of_money(money: Money) -> Self {
        let unit = 10_i64.pow(PLACES.saturating_sub(money.currency.minor_digits()));
        Self(money.minor.saturating_mul(unit))
    }

    /// So many hundredths of another one, rounded down; the whole where that is nothing.
    pub fn percent_of(self, whole: Self) -> i64 {
        let share = i128::from(self.0) * 100 / i128::from(whole.0.max(1));
        i64::try_from(share).unwrap_or(i64::MAX)
    }
}

impl fmt::Display for Cost {
    /// In major units, as many decimals as it has.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.abs() / 1_000_000, self.0.abs() % 1_000_000);
        let sign = if self.0 < 0 { "−" } else { "" };
        let digits = format!("{part:06}");
        match digits.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            part => write!(f, "{sign}{whole}.{part}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_and_yen_are_rounded_once_at_the_end() {
        let (small, euro) = (Cost::parse("0.0049").unwrap(), Currency::Eur);
        assert_eq!(small.money(euro).minor, 0);
        assert_eq!(small.plus(small).money(euro).minor, 1);
        assert_eq!(Cost::parse("12.345").unwrap().money(euro).minor, 1235);
        assert_eq!(Cost::parse("12.5").unwrap().money(Currency::Jpy).minor, 13);
        assert_eq!(Cost::of(-5_000).money(euro).minor, -1);
        assert_eq!(Cost::of(i64::MAX).money(Currency::Jpy).minor, 9_223_372_036_855);
    }

    #[test]
    fn a_cost_reads_back_as_it_is_shown() {
        for shown in ["0", "12.5", "0.000038", "1234.01"] {
            assert_eq!(Cost::parse(shown).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn money_is_the_same_again() {
        for currency in Currency::ALL {
            let money = Money::new(123_456, currency);
            assert_eq!(Cost::of_money(money).money(currency), money);
        }
    }

    #[test]
    fn a_share_is_rounded_down() {
        let euros = |amount: &str| Cost::parse(amount).unwrap();
        assert_eq!(euros("79.999999").percent_of(euros("100")), 79);
        assert_eq!(euros("80").percent_of(euros("100")), 80);
        assert_eq!(euros("0").percent_of(Cost::default()), 0);
        assert_eq!(Cost::of(i64::MAX).percent_of(Cost::of(1)), i64::MAX);
    }

    #[test]
    fn a_cost_is_neither_negative_nor_beyond_measure() {
        assert_eq!(Cost::parse("-0.5"), Err(Problem::Below { minimum: 0 }));
        assert_eq!(Cost::parse("1000000000"), Err(Problem::Above { maximum: 999_999_999 }));
    }
}
