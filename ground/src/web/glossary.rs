//! What keys are called. Each area words its own in `templates/<area>/glossary.ini`; what several areas keep stands with
//! the first of them.
//!
//! ```ini
//! [action]
//! cancel_order = Cancel an order
//! ```
//!
//! | section | keys |
//! | --- | --- |
//! | `action`, `subject`, `field` | of the activity log: what was done, to what kind of thing, which of its values changed |
//! | `value of FIELD` | values of a field that are kept as keys |
//! | `permission` | rules of the permission table, as in "Your roles do not let you …" |
//! | `elsewhere` | the same: who does it where one's own kind of organisation does not, and what to do |
//! | `export` | addresses of exported lists, for the security log and the files |
//! | `filter` | what a list is narrowed by, for the same |
//! | `value of filter FIELD` | values of it that only a list knows |
//! | `job` | what the portal does by itself, or was asked for, for the operator |
//!
//! `tests/structure.rs` demands words for every key but those of values and filters, and none twice. A value without words stands for
//! itself.

use std::collections::HashMap;
use std::sync::LazyLock;

use rust_embed::RustEmbed;

use crate::language::{Language, Message, Sayable};

#[derive(RustEmbed)]
#[folder = "../templates/"]
#[include = "*/glossary.ini"]
struct Files;

static GLOSSARY: LazyLock<Glossary> = LazyLock::new(|| {
    let mut glossary = Glossary::default();
    for file in Files::iter().filter_map(|name| Files::get(&name)) {
        glossary.read(&String::from_utf8_lossy(&file.data));
    }
    glossary
});

/// Words by section and key.
#[derive(Default)]
struct Glossary(HashMap<String, HashMap<String, String>>);

/// What a key of a section is called, if there are words for it.
pub fn find(section: &str, key: &str) -> Option<Word> {
    let words = GLOSSARY.0.get(section)?.get(key)?;
    Some(Word::Known { section: GLOSSARY.0.get_key_value(section)?.0, words })
}

/// What a key of a section is called; one without words stands for itself.
pub fn word(section: &str, key: &str) -> Word {
    find(section, key).unwrap_or_else(|| Word::Unknown(key.to_owned()))
}

/// What a value of a field is called; most values are what people typed, and stand for themselves.
pub fn value(field: &str, value: &str) -> Word {
    word(&format!("value of {field}"), value)
}

/// What something is called. Its section is the context of the words: other languages may say the same English words
/// otherwise for an action than for a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    Known { section: &'static str, words: &'static str },
    Unknown(String),
}

impl<E> Sayable<E> for Word {
    fn say(&self, language: Language, _: &str) -> Message<E> {
        match self {
            Self::Known { section, words } => language.say(section, words),
            Self::Unknown(key) => Message::verbatim(key),
        }
    }
}

impl Glossary {
    /// Takes in what a file says. Keys that share their words stand on one line.
    fn read(&mut self, text: &str) {
        let mut section = "";
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some(head) = line.strip_prefix('[').and_then(|head| head.strip_suffix(']')) {
                section = head;
            } else if let Some((keys, words)) = line.split_once(" = ") {
                let named = keys.split_whitespace().map(|key| (key.to_owned(), words.to_owned()));
                self.0.entry(section.to_owned()).or_default().extend(named);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_by_section() {
        let mut glossary = Glossary::default();
        glossary.read("# why\n[a]\none two = Both of them = 2\n\n[value of b]\none = Another\n");
        let word = |section, key| Some(glossary.0.get(section)?.get(key)?.as_str());
        assert_eq!(word("a", "one"), Some("Both of them = 2"));
        assert_eq!(word("a", "two"), Some("Both of them = 2"));
        assert_eq!(word("value of b", "one"), Some("Another"));
        assert_eq!(word("b", "one"), None);
    }

    #[test]
    fn the_areas_words_are_in_the_binary() {
        let said =
            |word: &Word| Sayable::<askama::filters::Text>::say(word, Language::ENGLISH, "").to_string();
        assert_eq!(said(&word("permission", "see-activity")), "see the activity log");
        assert_eq!(said(&value("status", "Business Basic")), "Business Basic");
        assert_eq!(find("permission", "see-nothing"), None);
    }
}
