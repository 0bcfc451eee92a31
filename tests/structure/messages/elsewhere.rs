//! Messages that stand in no template: words of keys, and names in tables.

use twotier::language::OWN_NAME;
use twotier::values::country::Country;
use twotier::values::mpn_id;

use super::super::source::Source;
use super::{Message, Messages, add};

/// Adds them to what the templates say.
pub fn add_all(messages: &mut Messages, glossaries: &[Source], wrong: &mut Vec<String>) {
    for glossary in glossaries {
        let mut section = "";
        for line in glossary.text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            if let Some(head) = line.strip_prefix('[').and_then(|head| head.strip_suffix(']')) {
                section = head;
            } else if let Some((_, words)) = line.split_once(" = ") {
                add(messages, message(section, words), None, &glossary.path, wrong);
            }
        }
    }
    add(messages, message(OWN_NAME.0, OWN_NAME.1), None, "ground/src/language", wrong);
    for country in Country::all() {
        add(messages, message("", country.name()), None, "countries.csv", wrong);
        add(messages, message("", country.region().name()), None, "region.rs", wrong);
        let digits = country.registration().digits().into_iter();
        for digits in digits.filter(|digits| digits.contains(char::is_alphabetic)) {
            add(messages, message("", digits), None, "countries.csv", wrong);
        }
    }
    add(messages, message("", mpn_id::DIGITS), None, "mpn_id.rs", wrong);
}

fn message(context: &str, english: &str) -> Message {
    Message { context: context.to_owned(), english: english.to_owned() }
}
