//! What a file is about: the last sheet of every workbook.

use askama::Template;
use askama::filters::Text;

use crate::access::Viewer;
use crate::language::{Language, Message, Sayable, filters};
use crate::values::country::Country;
use crate::values::moment::Moment;
use crate::web::Site;
use crate::web::glossary::{self, Word};

/// The filters whose values are countries.
const COUNTRIES: [&str; 2] = ["country", "location"];

/// One part of what a list is narrowed to, as people read it.
#[derive(Clone, Debug)]
pub struct Criterion {
    pub name: Word,
    pub value: Value,
}

/// What a list is narrowed to.
#[derive(Clone, Debug)]
pub enum Value {
    Word(Word),
    Country(Country),
}

impl<E> Sayable<E> for Value {
    fn say(&self, language: Language, context: &str) -> Message<E> {
        match self {
            Self::Word(word) => word.say(language, context),
            Self::Country(country) => Message::verbatim(language.country(*country)),
        }
    }
}

impl Criterion {
    /// Those of a filter, in its order.
    pub fn all(filter: &[(String, String)]) -> Vec<Self> {
        filter.iter().map(|(name, value)| Self::of(name, value)).collect()
    }

    fn of(name: &str, value: &str) -> Self {
        Self { name: glossary::word("filter", name), value: Value::of(name, value) }
    }
}

impl Value {
    fn of(name: &str, value: &str) -> Self {
        if let (true, Ok(country)) = (COUNTRIES.contains(&name), Country::parse(value)) {
            return Self::Country(country);
        }
        // What a list calls a value of its own, else what the log calls a value, else what the log calls an action.
        let own = glossary::find(&format!("value of filter {name}"), value);
        Self::Word(own.unwrap_or_else(|| match glossary::value(name, value) {
            Word::Unknown(_) => glossary::word(name, value),
            known => known,
        }))
    }
}

/// What there is to say of a file.
pub struct About<'a> {
    by: &'a Viewer,
    site: &'a Site,
    /// Of the list.
    route: &'a str,
    filter: Vec<Criterion>,
    /// Of the list, with its filter.
    address: String,
    rows: u64,
    now: Moment,
}

/// What a line is called, or says where that is the same for every file.
#[derive(Template)]
#[template(path = "kit/about.txt")]
enum Label {
    Installation,
    Organisation,
    Person,
    When,
    List,
    Filter,
    WholeList,
    Rows,
    Address,
    Times,
    InUtc,
}

impl<'a> About<'a> {
    /// A file with so many rows, of the list at this address.
    pub fn new(
        (by, site): (&'a Viewer, &'a Site),
        (route, list, filter): (&'a str, &str, &[(String, String)]),
        rows: u64,
        now: Moment,
    ) -> Self {
        let address = format!("{}{list}", site.base_url);
        Self { by, site, route, filter: Criterion::all(filter), address, rows, now }
    }

    /// Line by line: what it is called, and what it is. Each of them is said for itself, so that nothing that somebody
    /// typed becomes a line.
    pub fn lines(&self, language: Language) -> Vec<(String, String)> {
        let label = |label: Label| language.write(&label).trim().to_owned();
        let mut lines = vec![
            (label(Label::Installation), self.site.name.clone()),
            (label(Label::Organisation), self.by.organisation.name.clone()),
            (label(Label::Person), self.by.name.clone()),
            (label(Label::When), language.time(self.by.zone, self.now)),
            (label(Label::List), said(language, &glossary::word("export", self.route))),
        ];
        if self.filter.is_empty() {
            lines.push((label(Label::Filter), label(Label::WholeList)));
        }
        let criteria = self.filter.iter();
        lines.extend(criteria.map(|one| (said(language, &one.name), said(language, &one.value))));
        lines.push((label(Label::Rows), self.rows.to_string()));
        lines.push((label(Label::Address), self.address.clone()));
        lines.push((label(Label::Times), label(Label::InUtc)));
        lines
    }
}

fn said(language: Language, words: &impl Sayable<Text>) -> String {
    words.say(language, "").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_have_names_and_what_somebody_typed_stays_one_value() {
        let filter = [("country", "DE"), ("search", "1\nExported by\tSomebody Else"), ("country", "?")];
        let filter = filter.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let values = Criterion::all(&filter).into_iter().map(|one| said(Language::ENGLISH, &one.value));
        assert_eq!(values.collect::<Vec<_>>(), ["Germany", "1\nExported by\tSomebody Else", "?"]);
    }
}
