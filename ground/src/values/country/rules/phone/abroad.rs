//! Numbers as they are dialled from another country: with a plus sign, or with what is dialled instead of it.

use std::sync::LazyLock;

use regex::Regex;

use super::{PhonePlan, SEPARATORS, digits};
use crate::values::country::table::ROWS;

/// What leads abroad almost everywhere (ITU-T E.164), and is typed elsewhere, too.
const USUAL: &str = "00";

/// What leads abroad where it is something else, often a choice of carriers.
const NORTH_AMERICAN: &[&str] = &["011"];
const OTHERS: [(&str, &[&str]); 26] = [
    ("AU", &["0011"]),
    ("BR", &["0014", "0015", "0021"]),
    ("BY", &["810"]),
    ("CC", &["0011"]),
    ("CO", &["009", "007", "005"]),
    ("CX", &["0011"]),
    ("GY", &["001"]),
    ("HK", &["001"]),
    ("ID", &["001", "008"]),
    ("JP", &["010"]),
    ("KE", &["000"]),
    ("KH", &["001", "007"]),
    ("KR", &["001", "002", "005"]),
    ("KZ", &["810"]),
    ("MH", &["011"]),
    ("MN", &["001"]),
    ("NG", &["009"]),
    ("PW", &["011"]),
    ("RU", &["810"]),
    ("SG", &["001", "008"]),
    ("TH", &["001", "007", "009"]),
    ("TJ", &["810"]),
    ("TM", &["810"]),
    ("TW", &["002"]),
    ("TZ", &["000"]),
    ("UG", &["000"]),
];

/// A zero in brackets: dialled at home, left out from abroad.
static TRUNK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[ ./-]*\( ?0 ?\)[ ./-]*").ok());

/// Calling codes of countries where the zero is part of the number.
const KEEPING_ZERO: [&str; 3] = ["378", "379", "39"];

/// The number with its plus sign, if it is one from abroad.
pub(super) fn number(typed: &str, country: &str, plan: PhonePlan) -> Option<String> {
    if let Some(rest) = after_plus(typed) {
        return dialled(&rest).filter(|number| is_called(number));
    }
    let usual = after(typed, USUAL).and_then(|rest| dialled(&rest.number)).filter(|number| is_called(number));
    let own = own_prefixes(country, plan).iter().find_map(|prefix| {
        let rest = after(typed, prefix)?;
        // "0027" begins with what a carrier of Korea is reached by, and is South Africa unless a blank parts them.
        let is_meant = !prefix.starts_with(USUAL) || rest.is_apart || usual.is_none();
        dialled(&rest.number).filter(|number| is_meant && is_called(number))
    });
    own.or(usual)
}

/// Whether it can lead abroad only.
pub(super) fn is_meant(digits: &str) -> bool {
    digits.starts_with(USUAL)
}

/// Three, three and four digits (North American Numbering Plan).
pub(super) fn is_north_american(digits: &str) -> bool {
    digits.len() == 10
}

/// What stands behind a plus sign, which may stand in brackets with its calling code.
fn after_plus(typed: &str) -> Option<String> {
    let rest = typed.trim_start_matches([' ', '(']).strip_prefix('+')?;
    Some(rest.trim_start_matches([' ', '(', '.', '/', '-']).to_owned())
}

/// What stands behind a prefix.
struct Rest {
    number: String,
    /// Whether something parts them.
    is_apart: bool,
}

/// What stands behind these digits, whatever stands between them.
fn after(typed: &str, prefix: &str) -> Option<Rest> {
    let mut rest = typed.trim_start_matches([' ', '(']);
    for digit in prefix.chars() {
        rest = rest.trim_start_matches(BETWEEN).strip_prefix(digit)?;
    }
    let number = rest.trim_start_matches(BETWEEN);
    let is_apart = number.len() < rest.len();
    number
        .starts_with(|first| matches!(first, '1'..='9'))
        .then(|| Rest { number: number.to_owned(), is_apart })
}

/// What is written between a prefix and a number; Russia waits for a second tone behind the 8.
const BETWEEN: [char; 7] = [' ', '(', ')', '.', '/', '-', '~'];

fn own_prefixes(country: &str, plan: PhonePlan) -> &'static [&'static str] {
    match plan {
        PhonePlan::NorthAmerican => NORTH_AMERICAN,
        PhonePlan::International => {
            OTHERS.iter().find(|(code, _)| *code == country).map_or(&[], |(_, prefixes)| *prefixes)
        }
    }
}

/// Whether the number begins with the calling code of a country.
fn is_called(number: &str) -> bool {
    let digits = digits(number);
    ROWS.iter().flat_map(|row| row.calling_codes.split(' ')).any(|code| digits.starts_with(code))
}

fn dialled(rest: &str) -> Option<String> {
    let number = format!("+{}", without_trunk(rest));
    is_dialled(&number).then_some(number)
}

/// The number without brackets that opened before its calling code, and without the zero that is dialled at home.
fn without_trunk(number: &str) -> String {
    let is_open = number.matches(')').count() > number.matches('(').count();
    let number = if is_open { number.replacen(')', " ", 1) } else { number.to_owned() };
    let keeps_zero = KEEPING_ZERO.iter().any(|code| number.starts_with(code));
    let zero = if keeps_zero { " 0" } else { " " };
    let number = TRUNK.as_ref().map_or(number.clone(), |trunk| trunk.replacen(&number, 1, zero).into_owned());
    let number = if keeps_zero { number } else { number.replacen("(0", "(", 1) };
    let parts: Vec<&str> = number.split(' ').filter(|part| !part.is_empty()).collect();
    parts.join(" ").trim_end_matches([' ', '.', '/', '-']).to_owned()
}

/// Seven to fifteen digits (ITU-T E.164) that begin with no zero, with the usual signs between them.
fn is_dialled(number: &str) -> bool {
    let digits = digits(number);
    let is_number = number.chars().skip(1).all(|sign| sign.is_ascii_digit() || SEPARATORS.contains(sign));
    let has_length = match digits.strip_prefix('1') {
        Some(rest) => is_north_american(rest),
        None => (7..=15).contains(&digits.len()),
    };
    is_number && has_length && !digits.starts_with('0')
}
