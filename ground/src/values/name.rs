//! Names and other texts with a length, as people see them.

use crate::values::bidi;
use crate::values::folding::folded;
use crate::values::plain::plain;
use crate::values::problem::Problem;
use crate::values::unseen::{is_blank, is_visible, without_unseen};

/// A name: a line of text in which there is something to see, trimmed, inner white space single, nothing unseen, and
/// which leads nowhere.
///
/// # Errors
/// [`Problem::Missing`], [`Problem::TooLong`] or [`Problem::HoldsLink`].
pub fn required(typed: &str, maximum: usize) -> Result<String, Problem> {
    let name = optional_name(typed, maximum)?;
    if name.is_empty() { Err(Problem::Missing) } else { Ok(name) }
}

/// A name that may be empty.
///
/// # Errors
/// [`Problem::TooLong`] or [`Problem::HoldsLink`].
pub fn optional_name(typed: &str, maximum: usize) -> Result<String, Problem> {
    let name = optional(typed, maximum)?;
    if holds_link(&name) { Err(Problem::HoldsLink) } else { Ok(name) }
}

/// Whether mail programs would make a link of a part of it: names stand in letters that others trust. A bare domain is
/// the name of many a company.
fn holds_link(line: &str) -> bool {
    let plain = plain(line).to_lowercase().replace('。', ".");
    plain.contains("://")
        || plain.split_whitespace().any(|word| word.contains("www.") || leads_somewhere(word))
}

/// A scheme, or a path behind a domain.
fn leads_somewhere(word: &str) -> bool {
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|sign| sign.is_alphanumeric() || sign == '-');
    let is_domain = |text: &str| {
        let labels: Vec<&str> = text.split('.').collect();
        labels.len() > 1
            && labels.iter().all(|label| is_label(label))
            && labels.last().is_some_and(|last| last.chars().count() > 1)
    };
    let word = word.trim_start_matches(['(', '<', '"', '“', '„']);
    ["http:/", "https:/"].iter().any(|scheme| word.starts_with(scheme))
        || word.split_once('/').is_some_and(|(domain, path)| is_domain(domain) && !path.is_empty())
}

/// A line of text that may be empty and is no name.
///
/// # Errors
/// [`Problem::TooLong`].
pub fn optional(typed: &str, maximum: usize) -> Result<String, Problem> {
    let line = line(typed);
    if line.chars().count() > maximum { Err(Problem::TooLong { maximum }) } else { Ok(line) }
}

/// A line of text of any length; empty where there is nothing to see.
pub fn line(typed: &str) -> String {
    let spaced: String = typed.chars().map(|sign| if is_blank(sign) { ' ' } else { sign }).collect();
    let line = without_unseen(&spaced).split_whitespace().collect::<Vec<_>>().join(" ");
    if is_visible(&line) { line } else { String::new() }
}

/// Several lines of text: line ends are single line feeds, tabs are blanks, what is unseen goes, the ends are trimmed.
///
/// # Errors
/// [`Problem::Missing`] or [`Problem::TooLong`].
pub fn paragraphs(typed: &str, maximum: usize) -> Result<String, Problem> {
    let unified = typed.replace("\r\n", "\n").replace(LINE_ENDS, "\n").replace('\t', " ");
    // What keeps a name that runs from right to left to itself stays: our own drafts hold it.
    let parts: Vec<String> = unified.split_inclusive(bidi::is_isolation).map(part_seen).collect();
    let seen = parts.concat();
    let text = seen.trim();
    match text.chars().count() {
        _ if !is_visible(text) => Err(Problem::Missing),
        count if count > maximum => Err(Problem::TooLong { maximum }),
        _ => Ok(text.to_owned()),
    }
}

/// A part of a text without what is unseen, up to the sign that it was divided by.
fn part_seen(part: &str) -> String {
    match part.char_indices().next_back() {
        Some((at, sign)) if bidi::is_isolation(sign) => {
            let mut seen = without_unseen(part.get(..at).unwrap_or_default());
            seen.push(sign);
            seen
        }
        _ => without_unseen(part),
    }
}

/// What ends a line somewhere: old Macs, terminals, mainframes, word processors.
const LINE_ENDS: [char; 6] = ['\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// The longest name of a company.
pub const COMPANY: usize = 200;
/// The longest first, middle or last name.
pub const PERSON: usize = 50;

/// What a name is sorted and found by: folded, compared byte by byte, alike in both databases.
pub fn sort_name(name: &str) -> String {
    folded(name)
}

/// What a thing is sorted by that is told apart by a name and a place. No word of the one passes for one of the other.
pub fn sort_name_with_place(name: &str, place: &str) -> String {
    format!("{}\n{}", sort_name(name), sort_name(place))
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
    fn names_lead_nowhere() {
        for typed in [
            "Visit https://evil.example",
            "see www.evil.example/login",
            "ＷＷＷ．evil.example",
            "a://b",
            "bit.ly/3x",
            "Acme (evil.example/login)",
            "evil。example/login",
            "http:/evil.example",
        ] {
            assert_eq!(required(typed, 100), Err(Problem::HoldsLink), "{typed}");
        }
        for name in [
            "Booking.com B.V.",
            "Meyer/Schulz",
            "A.B.C. www",
            "c/o Dr. Lee",
            "S.p.A./Ltd",
            "Booking.com/",
            "A.B/C",
        ] {
            assert_eq!(required(name, 100).as_deref(), Ok(name));
        }
    }

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
        for typed in [
            "Katja\tBrandt",
            "Katja\u{a0}\u{2028}Brandt",
            "Kat\u{ad}ja\u{200b} Brandt\u{202e}",
            "Katja\u{2800}Brandt",
        ] {
            assert_eq!(required(typed, 50).unwrap(), "Katja Brandt", "{typed:?}");
        }
    }

    #[test]
    fn a_name_of_nothing_visible_is_missing() {
        for typed in ["\u{200b}", "\u{3164}", "\u{2800}", "\u{301}", " \u{ad}\u{2066}\t", "\0"] {
            assert_eq!(required(typed, 50), Err(Problem::Missing), "{typed:?}");
            assert_eq!(optional(typed, 50), Ok(String::new()), "{typed:?}");
            assert_eq!(paragraphs(typed, 50), Err(Problem::Missing), "{typed:?}");
        }
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert!(required(&"ä".repeat(50), 50).is_ok());
        assert_eq!(required(&"ä".repeat(51), 50), Err(Problem::TooLong { maximum: 50 }));
    }

    #[test]
    fn paragraphs_keep_their_lines() {
        assert_eq!(paragraphs(" a\r\n\r\nb\u{7} ", 50).unwrap(), "a\n\nb");
        assert_eq!(
            paragraphs("a\tb\u{b}c\u{2028}d\u{85}e\u{1c}f\u{202e}\u{200b}", 50).unwrap(),
            "a b\nc\nd\nef"
        );
    }

    proptest! {
        #[test]
        fn any_text_is_answered_and_what_is_taken_is_stable(typed in any::<String>()) {
            if let Ok(line) = optional(&typed, 40) {
                prop_assert!(!line.chars().any(char::is_control));
                prop_assert_eq!(optional(&line, 40).unwrap(), line.clone());
            }
            if let Ok(text) = paragraphs(&typed, 4000) {
                prop_assert!(!text.chars().any(|sign| sign.is_control() && sign != '\n'));
                prop_assert_eq!(paragraphs(&text, 4000).unwrap(), text.clone());
            }
        }
    }
}
