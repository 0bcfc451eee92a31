//! Numbers as programs write them into files of usage: a point before the decimals, as many as they like, or an exponent.

use std::fmt;

use crate::values::plain::plain;
use crate::values::problem::Problem;

/// The most digits before the point, and behind it.
const WHOLE: usize = 15;
const FRACTION: usize = 30;
/// Nobody writes a larger exponent.
const EXPONENT: i32 = 30;
const MALFORMED: Problem = Problem::Malformed { example: "0.0384" };

/// A decimal number that is not negative, as exact as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Without zeros before them.
    whole: String,
    /// Without zeros behind them.
    fraction: String,
}

impl Number {
    /// Reads `0.0384`, `1,234.5`, `0,0384` and `3.84E-02`. `1,234` could be two numbers, and is none.
    ///
    /// # Errors
    /// [`Problem::Missing`], [`Problem::Malformed`], [`Problem::Below`] or [`Problem::Above`].
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let text: String =
            plain(typed).chars().filter(|sign| !sign.is_whitespace() && *sign != '\'').collect();
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        if text.starts_with(['-', '−']) {
            return Err(Problem::Below { minimum: 0 });
        }
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
        let exponent: i32 = exponent.parse().map_err(|_| MALFORMED)?;
        let (whole, fraction) = divided(mantissa).ok_or(MALFORMED)?;
        if !(-EXPONENT..=EXPONENT).contains(&exponent) || fraction.len() > FRACTION {
            return Err(MALFORMED);
        }
        let number = shifted(&whole, &fraction, exponent);
        if number.fraction.len() > FRACTION {
            return Err(MALFORMED);
        }
        if number.whole.len() > WHOLE {
            return Err(Problem::Above { maximum: 999_999_999_999_999 });
        }
        Ok(number)
    }

    /// So many of the parts of which ten to the power of `places` make one, rounded half up.
    pub fn parts(&self, places: usize) -> i64 {
        let kept: String = self.fraction.chars().chain(std::iter::repeat('0')).take(places).collect();
        let rounds_up = self.fraction.chars().nth(places).is_some_and(|next| next >= '5');
        let parts: i64 = format!("0{}{kept}", self.whole).parse().unwrap_or(i64::MAX);
        parts.saturating_add(i64::from(rounds_up))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = if self.whole.is_empty() { "0" } else { &self.whole };
        f.write_str(whole)?;
        if self.fraction.is_empty() { Ok(()) } else { write!(f, ".{}", self.fraction) }
    }
}

/// The digits before and behind the sign that divides them.
fn divided(text: &str) -> Option<(String, String)> {
    let (whole, fraction) = match (text.rsplit_once('.'), text.rsplit_once(',')) {
        (Some((whole, fraction)), _) => (ungrouped(whole)?, fraction),
        // A comma before three digits groups them for some, and divides them for others; zero is no group.
        (None, Some((whole, fraction))) if fraction.len() != 3 || whole == "0" => {
            (whole.to_owned(), fraction)
        }
        (None, Some(_)) => return None,
        (None, None) => (text.to_owned(), ""),
    };
    let are_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = are_digits(&whole) && are_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    is_number.then(|| (whole, fraction.to_owned()))
}

/// Without the commas before every three digits.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = groups.clone().next().is_none() || (1..=3).contains(&first.len());
    (is_grouped && groups.all(|group| group.len() == 3)).then(|| whole.replace(',', ""))
}

fn shifted(whole: &str, fraction: &str, exponent: i32) -> Number {
    let zeros = "0".repeat(usize::try_from(EXPONENT).unwrap_or_default() + FRACTION);
    let digits = format!("{zeros}{whole}{fraction}{zeros}");
    let point = i64::try_from(zeros.len() + whole.len()).unwrap_or_default() + i64::from(exponent);
    let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or_default().min(digits.len()));
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    Number { whole: whole.to_owned(), fraction: fraction.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(typed: &str) -> Result<String, Problem> {
        Number::parse(typed).map(|number| number.to_string())
    }

    #[test]
    fn numbers_are_read_as_programs_and_people_write_them() {
        for (typed, number) in [
            ("12", "12"),
            ("0.384", "0.384"),
            ("1.234", "1.234"),
            (".5", "0.5"),
            ("007.250", "7.25"),
            ("0,384", "0.384"),
            ("12,5", "12.5"),
            ("1,234.5", "1234.5"),
            ("1 234.5", "1234.5"),
            ("3.84E-05", "0.0000384"),
            ("1.5e3", "1500"),
            ("0", "0"),
        ] {
            assert_eq!(read(typed), Ok(number.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_none_or_could_be_two_is_refused() {
        for typed in ["1,234", "1.2.3", "abc", ".", "€ 5", "1e", "1e99", "12,34.5", "1,2,3"] {
            assert_eq!(read(typed), Err(MALFORMED), "{typed}");
        }
        assert_eq!(read(" "), Err(Problem::Missing));
        assert_eq!(read("-1"), Err(Problem::Below { minimum: 0 }));
        assert!(matches!(read("1e16"), Err(Problem::Above { .. })));
    }

    #[test]
    fn parts_are_rounded_half_up() {
        let parts = |typed: &str| Number::parse(typed).unwrap().parts(6);
        assert_eq!(parts("0.0000384"), 38);
        assert_eq!(parts("0.0000385"), 39);
        assert_eq!(parts("12"), 12_000_000);
        assert_eq!(parts("0.00000049"), 0);
    }

    proptest! {
        #[test]
        fn any_text_is_answered_and_what_was_read_reads_back(typed in any::<String>(), sure in "[0-9]{1,9}[.][0-9]{0,20}(E-[0-9])?") {
            for typed in [typed, sure] {
                if let Ok(number) = Number::parse(&typed) {
                    prop_assert_eq!(Number::parse(&number.to_string()), Ok(number));
                }
            }
        }
    }
}
