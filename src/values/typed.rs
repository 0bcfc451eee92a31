//! What people type, as far as a page can show it again.

use serde::{Deserialize, Deserializer};

/// Without the control characters that nobody types and no page may hold. Line ends and tabs stay.
pub fn printable(typed: &str) -> String {
    typed.chars().filter(|sign| !sign.is_control() || matches!(sign, '\n' | '\r' | '\t')).collect()
}

/// [`printable`], for `#[serde(deserialize_with = …)]` at the fields of a form.
///
/// # Errors
/// When no text was sent.
pub fn typed<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(printable(&String::deserialize(deserializer)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_page_may_hold_goes_and_lines_stay() {
        assert_eq!(printable("a\0b\u{1b}\r\n\tc\u{7f}"), "ab\r\n\tc");
    }
}
