//! What a file is about: the last sheet of every workbook.

use askama::Template;

use crate::access::Viewer;
use crate::error::Result;
use crate::language::Language;
use crate::language::filters;
use crate::mail::text::rendered;
use crate::values::moment::Moment;
use crate::web::Site;
use crate::web::glossary::{self, Word};

/// One part of what a list is narrowed to, as people read it.
#[derive(Clone, Debug)]
pub struct Criterion {
    pub name: Word,
    pub value: Word,
}

impl Criterion {
    /// Those of a filter, in its order.
    pub fn all(filter: &[(String, String)]) -> Vec<Self> {
        filter.iter().map(|(name, value)| Self::of(name, value)).collect()
    }

    fn of(name: &str, value: &str) -> Self {
        // What a list calls a value of its own, else what the log calls a value, else what the log calls an action.
        let own = glossary::find(&format!("value of filter {name}"), value);
        let value = own.unwrap_or_else(|| match glossary::value(name, value) {
            Word::Unknown(_) => glossary::word(name, value),
            known => known,
        });
        Self { name: glossary::word("filter", name), value }
    }
}

/// What there is to say of a file.
#[derive(Template)]
#[template(path = "kit/about.txt")]
pub struct About<'a> {
    installation: &'a str,
    organisation: &'a str,
    person: &'a str,
    when: String,
    /// Of the list.
    route: &'a str,
    filter: Vec<Criterion>,
    /// Of the list, with its filter.
    address: String,
    rows: String,
}

impl<'a> About<'a> {
    /// A file with so many rows, of the list at this address.
    pub fn new(
        (by, site): (&'a Viewer, &'a Site),
        (route, list, filter): (&'a str, &str, &[(String, String)]),
        rows: u64,
        (now, language): (Moment, Language),
    ) -> Self {
        Self {
            installation: &site.name,
            organisation: &by.organisation.name,
            person: &by.name,
            when: language.time(by.zone, now),
            route,
            filter: Criterion::all(filter),
            address: format!("{}{list}", site.base_url),
            rows: rows.to_string(),
        }
    }

    /// Line by line: what it is called, and what it is.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn lines(&self, language: Language) -> Result<Vec<(String, String)>> {
        let text = rendered(language, self)?;
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        Ok(lines.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect())
    }
}
