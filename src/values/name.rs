//! Names and other single lines of text with a length.

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

/// What a name is sorted and found by: lower case, compared byte by byte, alike in both databases.
pub fn sort_name(name: &str) -> String {
    name.to_lowercase()
}

/// What two spellings of one name have in common: no blanks, no punctuation, lower case. The migration that gave it to
/// the customers of before leaves out the same signs.
pub fn spelling_key(name: &str) -> String {
    const LEFT_OUT: [char; 22] = [
        ' ', '.', ',', '-', '–', '—', '\'', '’', '&', '/', '(', ')', '"', '+', ':', ';', '!', '*', '_', '|',
        '@', '#',
    ];
    sort_name(name).replace(LEFT_OUT, "")
}

/// Letters with marks, and what they are without.
const FOLDS: [(&str, &str); 22] = [
    ("a", "àáâãäåāăą"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęě"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįı"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņň"),
    ("o", "òóôõöøōŏő"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("t", "ţťŧț"),
    ("u", "ùúûüũūŭůűų"),
    ("w", "ŵ"),
    ("y", "ýÿŷ"),
    ("z", "źżž"),
    ("ss", "ß"),
    ("ae", "æ"),
    ("oe", "œ"),
];

/// By what namesakes are found: the name without case, white space and the marks on Latin letters.
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let is_mark = |sign: &char| ('\u{300}'..='\u{36f}').contains(sign);
    for sign in name.to_lowercase().chars().filter(|sign| !sign.is_whitespace() && !is_mark(sign)) {
        match FOLDS.iter().find(|(_, marked)| marked.contains(sign)) {
            Some((plain, _)) => key.push_str(plain),
            None => key.push(sign),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn namesakes_have_one_key_whatever_case_space_and_marks() {
        for name in ["Müller  Straße", "MULLER STRASSE", "mu\u{308}llerstrasse", "M\u{fc}ller Strasse"] {
            assert_eq!(name_key(name), "mullerstrasse", "{name}");
        }
        assert_eq!(name_key("株式会社 さくら"), "株式会社さくら");
        assert_ne!(name_key("Brightwater"), name_key("Brightwaters"));
    }

    #[test]
    fn white_space_is_evened_out() {
        assert_eq!(required("  Alder \t & \r\n Finch ", 50).unwrap(), "Alder & Finch");
        assert_eq!(required(" \n ", 50), Err(Problem::Missing));
        assert_eq!(optional(" ", 50).unwrap(), "");
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for spelling in
            ["Alder & Finch, Ltd.", "ALDER&FINCH LTD", "alder-finch (Ltd)", "Alder/Finch “Ltd”".trim()]
        {
            let key = spelling_key(spelling).replace(['“', '”'], "");
            assert_eq!(key, "alderfinchltd", "{spelling}");
        }
        assert_ne!(spelling_key("Alder Finch GmbH"), spelling_key("Alder Finch AG"));
        assert_eq!(spelling_key(" - "), "");
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
