//! Names and other single lines of text with a length.

use crate::values::folding::folded;
use crate::values::problem::Problem;

/// A line of text that must not be empty: trimmed, inner white space single, no control characters.
///
/// # Errors
/// [`Problem::Missing`] or [`Problem::TooLong`].
pub fn required(typed: &str, maximum: usize) -> Result<String, Problem> {
    let line = optional(typed, maximum)?;
    if line.is_empty() { Err(Problem::Missing) } else { Ok(line) }
}

/// A line of text that may be empty.
///
/// # Errors
/// [`Problem::TooLong`].
pub fn optional(typed: &str, maximum: usize) -> Result<String, Problem> {
    let visible: String = typed.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > maximum { Err(Problem::TooLong { maximum }) } else { Ok(line) }
}

/// Several lines of text: line ends are single line feeds, other control characters go, the ends are trimmed.
///
/// # Errors
/// [`Problem::Missing`] or [`Problem::TooLong`].
pub fn paragraphs(typed: &str, maximum: usize) -> Result<String, Problem> {
    let unified = typed.replace("\r\n", "\n").replace('\r', "\n");
    let text: String = unified.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let text = text.trim();
    match text.chars().count() {
        0 => Err(Problem::Missing),
        count if count > maximum => Err(Problem::TooLong { maximum }),
        _ => Ok(text.to_owned()),
    }
}

/// The longest name of a company.
pub const COMPANY: usize = 200;
/// The longest first, middle or last name.
pub const PERSON: usize = 50;

/// What a name is sorted and found by: folded, compared byte by byte, alike in both databases.
pub fn sort_name(name: &str) -> String {
    folded(name)
}

/// What the spellings of one name have in common: its letters and digits, folded. A name that has none is its own key.
pub fn name_key(name: &str) -> String {
    let folded = folded(name);
    let key: String = folded.chars().filter(|sign| sign.is_alphanumeric()).collect();
    if key.is_empty() { folded } else { key }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn namesakes_have_one_key_whatever_case_space_marks_and_punctuation() {
        for name in [
            "Müller  Straße, Ltd.",
            "MULLER-STRASSE (LTD)",
            "mu\u{308}llerstrasse “Ltd”",
            "Ｍｕｌｌｅｒ & Straße|Ltd",
        ] {
            assert_eq!(name_key(name), "mullerstrasseltd", "{name}");
        }
        assert_eq!(name_key("株式会社 さくら"), "株式会社さくら");
        assert_ne!(name_key("Brightwater"), name_key("Brightwaters"));
        assert_ne!(name_key("Alder Finch GmbH"), name_key("Alder Finch AG"));
    }

    #[test]
    fn names_without_letters_are_alike_only_to_themselves() {
        assert_eq!(name_key(" - "), "-");
        assert_ne!(name_key("!!!"), name_key("???"));
    }

    #[test]
    fn white_space_is_evened_out() {
        assert_eq!(required("  Alder \t & \r\n Finch ", 50).unwrap(), "Alder & Finch");
        assert_eq!(required(" \n ", 50), Err(Problem::Missing));
        assert_eq!(optional(" ", 50).unwrap(), "");
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(required(&"ä".repeat(50), 50).is_ok());
        assert_eq!(required(&"ä".repeat(51), 50), Err(Problem::TooLong { maximum: 50 }));
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraphs(" a\r\n\r\nb\u{7} ", 50).unwrap(), "a\n\nb");
    }

    proptest! {
        #[test]
        fn any_text_is_answered_and_what_is_taken_is_stable(typed in any::<String>()) {
            if let Ok(line) = optional(&typed, 40) {
                prop_assert!(!line.chars().any(char::is_control));
                prop_assert_eq!(optional(&line, 40).unwrap(), line.clone());
            }
        }
    }
}
