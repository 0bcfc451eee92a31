//! Money: a whole number of minor units with its currency; never a float.

use std::fmt;

use rust_decimal::Decimal;

use crate::values::currency::Currency;

/// An amount in the minor units of a currency (cents; whole yen).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// This amount so many times; stays at the largest amount instead of overflowing.
    #[must_use]
    pub fn times(self, quantity: i64) -> Self {
        Self { minor: self.minor.saturating_mul(quantity), ..self }
    }

    /// The sum with an amount of the same currency; stays at the largest amount instead of overflowing.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { minor: self.minor.saturating_add(other.minor), ..self }
    }

    /// The difference from an amount of the same currency.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self { minor: self.minor.saturating_sub(other.minor), ..self }
    }

    /// One of so many equal parts: exact, then rounded half up to the minor unit.
    #[must_use]
    pub fn divided(self, parts: u32) -> Self {
        self.share(1, parts)
    }

    /// So many of so many equal parts: exact, then rounded half up to the minor unit.
    #[must_use]
    pub fn share(self, some: u32, parts: u32) -> Self {
        let parts = i128::from(parts.max(1));
        let share = (i128::from(self.minor.unsigned_abs()) * i128::from(some) * 2 + parts) / (parts * 2);
        Self { minor: i64::try_from(share).unwrap_or(i64::MAX) * self.minor.signum(), ..self }
    }

    /// The exact decimal amount in major units, such as `12.50`.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.minor_digits())
    }
}

impl fmt::Display for Money {
    /// Currency symbol, thousands separated by commas, all minor digits: `€ 1,734.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.decimal().abs().to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let sign = if self.minor < 0 { "−" } else { "" };
        write!(f, "{sign}{}\u{a0}{}", self.currency.symbol(), grouped(whole))?;
        if fraction.is_empty() { Ok(()) } else { write!(f, ".{fraction}") }
    }
}

/// Digits with a comma after every third from the right.
pub fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_show_symbol_groups_and_all_minor_digits() {
        let euro = Currency::parse("EUR").unwrap();
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(Money::new(173_400, euro).to_string(), "€\u{a0}1,734.00");
        assert_eq!(Money::new(5, euro).to_string(), "€\u{a0}0.05");
        assert_eq!(Money::new(-123_456_789, euro).to_string(), "−€\u{a0}1,234,567.89");
        assert_eq!(Money::new(1_000, yen).to_string(), "¥\u{a0}1,000");
    }

    #[test]
    fn a_part_is_rounded_half_up_to_the_minor_unit() {
        let part = |minor, currency| Money::new(minor, Currency::parse(currency).unwrap()).divided(12).minor;
        assert_eq!(part(21_120, "EUR"), 1_760);
        assert_eq!((part(5, "EUR"), part(6, "EUR"), part(18, "EUR")), (0, 1, 2));
        assert_eq!((part(-6, "EUR"), part(1_000, "JPY"), part(0, "EUR")), (-1, 83, 0));
        assert_eq!(part(i64::MAX, "EUR"), i64::MAX / 12 + 1);
    }

    #[test]
    fn an_amount_too_large_stays_at_the_largest() {
        let euro = Currency::parse("EUR").unwrap();
        assert_eq!(Money::new(i64::MAX, euro).times(2).minor, i64::MAX);
    }
}
