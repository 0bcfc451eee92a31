//! The language that a template is rendered in, as a runtime value of askama: every template finds it, however deep it is
//! nested, and no struct has to carry it.

use std::any::Any;

use askama::{NO_VALUES, Template, Values};

use super::Language;

/// Under this name templates find the language.
const KEY: &str = "language";

/// What is rendered in a language, beside the values that the caller has for the template.
pub struct Speech<'a> {
    language: Language,
    more: &'a dyn Values,
}

impl<'a> Speech<'a> {
    pub fn new(language: Language, more: &'a dyn Values) -> Self {
        Self { language, more }
    }
}

impl Values for Speech<'_> {
    fn get_value<'a>(&'a self, key: &str) -> Option<&'a dyn Any> {
        if key == KEY { Some(&self.language) } else { self.more.get_value(key) }
    }
}

impl Language {
    /// A few words of a template.
    #[must_use]
    pub fn write(self, words: &impl Template) -> String {
        // Writing into a string does not fail.
        words.render_with_values(&Speech::new(self, NO_VALUES)).unwrap_or_default()
    }
}

/// The language that these values name; English where they name none.
pub fn spoken(values: &dyn Values) -> Language {
    askama::get_value::<Language>(values, KEY).copied().unwrap_or_default()
}
