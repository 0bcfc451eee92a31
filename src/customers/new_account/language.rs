//! Languages of communication: those spoken somewhere in a region, and English.

use std::collections::BTreeSet;

use crate::values::country::{Country, Region};

/// The language codes to choose from in a region, in their order.
pub fn languages(region: Region) -> Vec<&'static str> {
    let spoken = Country::in_region(region).map(|country| language_of(country.culture()));
    spoken.chain(["en"]).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Language and place of communication, such as `fr-BE`; for an empty language that of the country.
pub fn culture(country: Country, language: &str) -> String {
    if language.is_empty() || language == language_of(country.culture()) {
        country.culture().to_owned()
    } else {
        format!("{language}-{}", country.code())
    }
}

/// What is chosen for such a culture: nothing for the language of the country.
pub fn chosen(country: Country, kept: &str) -> String {
    match language_of(kept) {
        own if own == language_of(country.culture()) => String::new(),
        other => other.to_owned(),
    }
}

/// The language of a culture.
pub fn language_of(culture: &str) -> &str {
    culture.split('-').next().unwrap_or_default()
}
