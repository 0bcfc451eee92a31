//! How many licenses, instances or gigabytes.

use diesel_derive_newtype::DieselNewType;

use crate::values::plain::plain;
use crate::values::problem::Problem;

/// At least one of an offer's unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, DieselNewType)]
pub struct Quantity(i64);

impl Quantity {
    /// A whole number within bounds; thousands may be grouped.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::NotWhole`], [`Problem::Below`] or [`Problem::Above`].
    pub fn parse(typed: &str, minimum: i64, maximum: i64) -> Result<Self, Problem> {
        let typed = plain(typed);
        let (sign, amount) = match typed.trim().strip_prefix('-') {
            Some(rest) => (-1, rest.trim_start()),
            None => (1, typed.trim()),
        };
        if amount.is_empty() {
            return Err(Problem::Missing);
        }
        let digits = ungrouped(amount).ok_or(Problem::NotWhole)?;
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

/// What people put between thousands.
const BETWEEN_THOUSANDS: [char; 8] = [',', '.', ' ', '\u{a0}', '\u{2009}', '\u{202f}', '\'', '’'];

/// The digits of a whole number. One sign throughout may stand between groups of three; elsewhere it could be meant as
/// a decimal one, and `12,00` must never become 1,200.
fn ungrouped(typed: &str) -> Option<String> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(between) = typed.chars().find(|sign| BETWEEN_THOUSANDS.contains(sign)) else {
        return is_number(typed).then(|| typed.to_owned());
    };
    let groups: Vec<&str> = typed.split(between).collect();
    let (first, rest) = groups.split_first()?;
    // "0,500" is half of one.
    let is_grouped = is_number(first)
        && first.len() <= 3
        && !first.starts_with('0')
        && rest.iter().all(|group| is_number(group) && group.len() == 3);
    is_grouped.then(|| groups.concat())
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
    }

    #[test]
    fn a_fraction_is_no_thousand() {
        for typed in ["0,500", "0.012", "012,000", "00.100"] {
            assert_eq!(Quantity::parse(typed, 1, 10_000), Err(Problem::NotWhole), "{typed}");
        }
    }

    #[test]
    fn thousands_are_grouped_as_people_do_and_nothing_else_is_guessed() {
        for typed in [
            "1420",
            "1,420",
            "1.420",
            "1 420",
            "1\u{202f}420",
            "1'420",
            "１４２０",
            "１，４２０",
            "\u{200e}1420",
        ] {
            assert_eq!(Quantity::parse(typed, 1, 10_000).map(Quantity::get), Ok(1420), "{typed}");
        }
        assert_eq!(Quantity::parse("1.234.567", 1, 10_000_000).map(Quantity::get), Ok(1_234_567));
        for typed in [
            "12,00",
            "10,00",
            "1.5",
            "1,4200",
            "1420,",
            ",420",
            "1,23,456",
            "1,234.567",
            "1,,420",
            "1 2",
            "ten",
            "½",
            ",",
        ] {
            assert_eq!(Quantity::parse(typed, 1, 10_000_000), Err(Problem::NotWhole), "{typed}");
        }
        assert_eq!(Quantity::parse("−5", 1, 300), Err(Problem::Below { minimum: 1 }));
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
