//! Prices as people and files write them.

use crate::values::currency::Currency;
use crate::values::plain::plain;
use crate::values::problem::Problem;

/// The largest price, in minor units: nothing costs more, and a price times a quantity stays a number.
const MOST: i64 = 99_999_999_999;

/// The minor units of an amount in major units: `12.50` is 1250 cents, `1,250` yen are 1250. A comma before the last
/// one or two digits is a decimal comma where the currency has decimals.
///
/// # Errors
/// [`Problem::Malformed`], [`Problem::Below`] or [`Problem::Above`].
pub fn parse_amount(typed: &str, currency: Currency) -> Result<i64, Problem> {
    let text: String = plain(typed).chars().filter(|sign| !sign.is_whitespace() && *sign != '\'').collect();
    if text.starts_with('-') {
        return Err(Problem::Below { minimum: 0 });
    }
    let digits = usize::try_from(currency.minor_digits()).unwrap_or(0);
    let malformed = Problem::Malformed { example: if digits == 0 { "1250" } else { "12.50" } };
    let (whole, fraction) = split(&text, digits).ok_or_else(|| malformed.clone())?;
    let whole: String = whole.chars().filter(|sign| !matches!(sign, ',' | '.')).collect();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(&whole) || !is_number(fraction) {
        return Err(malformed);
    }
    // Only digits are left, so what does not fit is too large.
    let minor = format!("{whole}{fraction:0<digits$}").parse().unwrap_or(i64::MAX);
    if minor > MOST {
        Err(Problem::Above { maximum: MOST / 10_i64.pow(currency.minor_digits()) })
    } else {
        Ok(minor)
    }
}

/// Whole and decimal digits; `None` where signs stand so that one could mean two numbers.
fn split(text: &str, digits: usize) -> Option<(&str, &str)> {
    let Some(at) = text.rfind([',', '.']) else { return Some((text, "")) };
    let (whole, rest) = text.split_at(at);
    let (mark, rest) = rest.split_at(1);
    if digits > 0 && (1..=digits).contains(&rest.len()) {
        // What groups thousands is another sign than the decimal one.
        return (!whole.contains(mark) && is_grouped(whole)).then_some((whole, rest));
    }
    // "1.234" is a thousand and more for some and little more than one for others.
    (mark == "," && is_grouped(text) && !text.contains('.')).then_some((text, ""))
}

/// Groups of three after the first.
fn is_grouped(text: &str) -> bool {
    let mut groups = text.split([',', '.']);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<_> = groups.collect();
    rest.is_empty() || ((1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::money::Money;
    use proptest::prelude::*;

    #[test]
    fn prices_are_read_in_major_units() {
        for (typed, minor) in [
            ("12.50", 1250),
            ("12.5", 1250),
            ("12", 1200),
            ("0", 0),
            ("1,234", 123_400),
            ("1,234.50", 123_450),
            ("1.234,50", 123_450),
            ("19,60", 1960),
            (" 1 234,5 ", 123_450),
        ] {
            assert_eq!(parse_amount(typed, Currency::Eur), Ok(minor), "{typed}");
        }
        assert_eq!(parse_amount("1,250", Currency::Jpy), Ok(1250));
    }

    #[test]
    fn what_could_mean_two_numbers_is_none() {
        for typed in ["1.234", "1,23,4", "1.2.3", "12.345", "1,2345", "abc", ".", "1e3", "€ 5", "1,23,456.00"]
        {
            assert!(matches!(parse_amount(typed, Currency::Eur), Err(Problem::Malformed { .. })), "{typed}");
        }
        assert!(matches!(parse_amount("12.50", Currency::Krw), Err(Problem::Malformed { .. })));
    }

    #[test]
    fn a_price_is_neither_negative_nor_beyond_measure() {
        assert_eq!(parse_amount("-1", Currency::Eur), Err(Problem::Below { minimum: 0 }));
        assert_eq!(parse_amount("1000000000", Currency::Eur), Err(Problem::Above { maximum: 999_999_999 }));
        assert_eq!(parse_amount(&"9".repeat(90), Currency::Jpy), Err(Problem::Above { maximum: MOST }));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>(), index in 0_usize..16) {
            if let Ok(minor) = parse_amount(&typed, Currency::ALL[index]) {
                prop_assert!((0..=MOST).contains(&minor));
            }
        }

        #[test]
        fn a_price_reads_back_in_every_currency(minor in 0..=MOST, index in 0_usize..16) {
            let currency = Currency::ALL[index];
            let written = Money::new(minor, currency).decimal().to_string();
            prop_assert_eq!(parse_amount(&written, currency), Ok(minor));
        }
    }
}
