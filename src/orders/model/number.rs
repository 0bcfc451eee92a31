//! Order numbers: `TT-2026-000042`, counted within a year, by each provider from one. Two providers have the same ones.

use crate::values::plain::plain;

/// The number of a provider's order of a year.
pub fn of(year: i32, count: i32) -> String {
    format!("TT-{year}-{count:06}")
}

/// The numbers that somebody may mean who typed this: a whole number, or its last part, of any year
/// up to this one. Nothing for what is no order number.
pub fn meant(typed: &str, this_year: i32) -> Vec<String> {
    let typed = plain(typed).trim().to_uppercase();
    let (years, count) = match typed.strip_prefix("TT-").and_then(|rest| rest.split_once('-')) {
        Some((year, count)) => (digits(year).map(|year| year..=year), digits(count)),
        None => (Some(FIRST_YEAR..=this_year), digits(&typed)),
    };
    match (years, count) {
        (Some(years), Some(count)) => years.map(|year| of(year, count)).collect(),
        _ => Vec::new(),
    }
}

/// No order is older.
const FIRST_YEAR: i32 = 2015;

fn digits(text: &str) -> Option<i32> {
    let is_number = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_found_by_all_of_it_or_its_end() {
        assert_eq!(of(2026, 42), "TT-2026-000042");
        assert_eq!(meant(" tt-2026-42 ", 2026), ["TT-2026-000042"]);
        assert_eq!(meant("TT‑２０２６‑42\u{200b}", 2026), ["TT-2026-000042"]);
        assert!(meant("000042", 2026).contains(&"TT-2025-000042".to_owned()));
        for nothing in ["", "TT", "TT-2026", "TT-2026-", "abc", "-1", "99999999999"] {
            assert!(meant(nothing, 2026).is_empty(), "{nothing}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>()) {
            prop_assert!(meant(&typed, 2026).len() < 20);
        }

        #[test]
        fn a_number_reads_back(year in 2015i32..2100, count in 1i32..1_000_000) {
            prop_assert_eq!(meant(&of(year, count), 2100), [of(year, count)]);
        }
    }
}
