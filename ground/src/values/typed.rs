//! What people type, as far as a page can show it again.

use serde::{Deserialize, Deserializer};

/// Without the control characters that nobody types and no page may hold. Line ends and tabs stay, for fields of
/// several lines.
pub fn printable(typed: &str) -> String {
    typed.chars().filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\r' | '\t')).collect()
}

/// The same for fields of one line: what else keeps words apart, such as a pasted tab, becomes a blank.
pub fn printable_line(typed: &str) -> String {
    let spaced = typed.chars().map(|sign| if sign.is_whitespace() { ' ' } else { sign });
    spaced.filter(|sign| !sign.is_control()).collect()
}

/// The longest search that is read.
pub const LONGEST_SEARCH: usize = 100;

/// What a list is searched for: one line, and no longer than a search can be.
pub fn search(typed: &str) -> String {
    typed.chars().filter(|sign| !sign.is_control()).take(LONGEST_SEARCH).collect()
}

/// [`printable`], for `#[serde(deserialize_with = …)]` at the fields of a form.
///
/// # Errors
/// When no text was sent.
pub fn typed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(printable(&String::deserialize(deserializer)?))
}

/// [`printable_line`], for `#[serde(deserialize_with = …)]` at the fields of a form.
///
/// # Errors
/// When no text was sent.
pub fn typed_line<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(printable_line(&String::deserialize(deserializer)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_page_may_hold_goes_and_lines_stay() {
        assert_eq!(printable("a\0b\u{1b}\r\n\tc\u{7f}"), "ab\r\n\tc");
        assert_eq!(printable_line("Katja\tBrandt\0\u{2028}\u{1b}"), "Katja Brandt ");
    }
}
