//! How many licenses, instances or gigabytes.

use diesel_derive_newtype::DieselNewType;

use crate::values::problem::Problem;

/// At least one of an offer's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, DieselNewType)]
pub struct Quantity(i64);

impl Quantity {
    /// A whole number within bounds; thousands may be grouped by commas or spaces.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::NotANumber`], [`Problem::Below`] or [`Problem::Above`].
    pub fn parse(typed: &str, minimum: i64, maximum: i64) -> Result<Self, Problem> {
        let digits: String =
            typed.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}')).collect();
        let (sign, digits) = match digits.strip_prefix(['-', '−']) {
            Some(rest) => (-1, rest),
            None => (1, digits.as_str()),
        };
        if digits.is_empty() {
            return Err(Problem::Missing);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Problem::NotANumber);
        }
        // Only digits are left, so what does not fit is too large.
        let number = digits.parse::<i64>().map_or(i64::MAX, |number| number) * sign;
        match number {
            number if number < minimum => Err(Problem::Below { minimum }),
            number if number > maximum => Err(Problem::Above { maximum }),
            number => Ok(Self(number)),
        }
    }

    /// A quantity that is known to be right, such as one from the database.
    pub fn of(number: i64) -> Self {
        Self(number)
    }

    pub fn get(self) -> i64 {
        self.0
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&crate::values::money::grouped(&self.0.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_quantity_stays_within_its_bounds() {
        assert_eq!(Quantity::parse(" 1,420 ", 1, 10_000).unwrap().get(), 1420);
        assert_eq!(Quantity::parse("", 1, 300), Err(Problem::Missing));
        assert_eq!(Quantity::parse("0", 1, 300), Err(Problem::Below { minimum: 1 }));
        assert_eq!(Quantity::parse("-5", 1, 300), Err(Problem::Below { minimum: 1 }));
        assert_eq!(Quantity::parse("301", 1, 300), Err(Problem::Above { maximum: 300 }));
        assert_eq!(Quantity::parse("99999999999999999999999", 1, 300), Err(Problem::Above { maximum: 300 }));
        assert_eq!(Quantity::parse("1.5", 1, 300), Err(Problem::NotANumber));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>(), minimum in 1i64..100, span in 0i64..1000) {
            if let Ok(quantity) = Quantity::parse(&typed, minimum, minimum + span) {
                prop_assert!((minimum..=minimum + span).contains(&quantity.get()));
            }
        }

        #[test]
        fn a_shown_quantity_reads_back(number in 1i64..10_000_000) {
            prop_assert_eq!(Quantity::parse(&Quantity::of(number).to_string(), 1, 10_000_000).unwrap().get(), number);
        }
    }
}
