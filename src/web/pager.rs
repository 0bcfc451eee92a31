//! Pages of a list by key: a page begins after a row, never after a number of rows, so the last page
//! of a million rows is as fast as the first.

mod rows;

use serde::{Deserialize, Serialize};

pub use self::rows::beyond;
use super::count::Count;
use crate::paths::address;
use crate::values::moment::Moment;

/// Rows on a page.
pub const PAGE_SIZE: usize = 25;

/// Where a page begins, as it stands in the address: after a row, or before one (read backwards).
/// The key is the row's sort key and id, joined by a character that neither holds.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq, Eq)]
#[serde(default)]
pub struct Cursor {
    pub after: Option<String>,
    pub before: Option<String>,
}

/// Stands between sort key and id in an address.
const SEPARATOR: char = '\u{1f}';

/// A row's place in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub sort: String,
    pub id: String,
}

/// From where and in which direction a page is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    First,
    After(Key),
    Before(Key),
}

impl Start {
    pub fn is_backwards(&self) -> bool {
        matches!(self, Self::Before(_))
    }

    /// The row to go on from in a list by time: its moment and its id. `None` where that makes no sense.
    pub fn moment(&self) -> Option<(Moment, &str)> {
        match self {
            Self::First => None,
            Self::After(key) | Self::Before(key) => Some((Moment::parse_exact(&key.sort)?, &key.id)),
        }
    }
}

impl Key {
    pub fn new(sort: impl Into<String>, id: impl ToString) -> Self {
        Self { sort: sort.into(), id: id.to_string() }
    }

    fn parse(text: &str) -> Option<Self> {
        // No row has such a key, and PostgreSQL takes no NUL in a comparison.
        if text.contains('\0') {
            return None;
        }
        let (sort, id) = text.rsplit_once(SEPARATOR)?;
        Some(Self::new(sort, id))
    }

    fn text(&self) -> String {
        format!("{}{SEPARATOR}{}", self.sort, self.id)
    }
}

impl Cursor {
    /// Where to read. A key that makes no sense starts at the beginning.
    pub fn start(&self) -> Start {
        let after = self.after.as_deref().and_then(Key::parse).map(Start::After);
        let before = self.before.as_deref().and_then(Key::parse).map(Start::Before);
        after.or(before).unwrap_or(Start::First)
    }
}

/// One page of rows in list order, with the ways to its neighbours.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub previous: Option<Key>,
    pub next: Option<Key>,
}

impl<T> Page<T> {
    /// Makes a page from up to [`PAGE_SIZE`] + 1 rows, read in the direction of `start`
    /// (for [`Start::Before`]: nearest row first).
    pub fn new(mut rows: Vec<T>, start: &Start, key: impl Fn(&T) -> Key) -> Self {
        let has_more = rows.len() > PAGE_SIZE;
        rows.truncate(PAGE_SIZE);
        if start.is_backwards() {
            rows.reverse();
        }
        let has_previous = if start.is_backwards() { has_more } else { *start != Start::First };
        let has_next = start.is_backwards() || has_more;
        let previous = rows.first().filter(|_| has_previous).map(&key);
        let next = rows.last().filter(|_| has_next).map(&key);
        Self { rows, previous, next }
    }

    /// How many rows the list has, where all of them stand on this page.
    pub fn count(&self) -> Option<Count> {
        let is_all = self.previous.is_none() && self.next.is_none();
        is_all.then_some(Count::Exactly(self.rows.len()))
    }
}

/// The links under a list.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    pub previous: Option<String>,
    pub next: Option<String>,
    pub summary: String,
}

impl Pager {
    /// Links to the neighbours of a page of the list at `path`; `filter` stands in them unchanged.
    pub fn new<T>(page: &Page<T>, path: &str, filter: &impl Serialize) -> Self {
        let link = |name: &str, key: &Option<Key>| {
            key.as_ref().map(|key| address(path, filter, &[(name, &key.text())]))
        };
        Self {
            previous: link("before", &page.previous),
            next: link("after", &page.next),
            summary: String::new(),
        }
    }

    /// The same with words about how many rows there are.
    #[must_use]
    pub fn with_summary(self, summary: impl Into<String>) -> Self {
        Self { summary: summary.into(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(numbers: std::ops::Range<usize>, start: Start) -> Page<usize> {
        Page::new(numbers.collect(), &start, |n| Key::new(n.to_string(), n))
    }

    #[test]
    fn the_first_page_has_no_previous_and_a_short_one_no_next() {
        let only = page(0..3, Start::First);
        assert!(only.previous.is_none() && only.next.is_none());
        let first = page(0..PAGE_SIZE + 1, Start::First);
        assert!(first.previous.is_none());
        assert_eq!(first.next, Some(Key::new("24", 24)));
        assert_eq!(first.rows.len(), PAGE_SIZE);
    }

    #[test]
    fn a_page_read_backwards_is_shown_forwards() {
        let mut rows: Vec<usize> = (0..5).collect();
        rows.reverse();
        let back = Page::new(rows, &Start::Before(Key::new("5", 5)), |n| Key::new(n.to_string(), n));
        assert_eq!(back.rows, [0, 1, 2, 3, 4]);
        assert!(back.previous.is_none() && back.next.is_some());
    }

    #[test]
    fn a_key_survives_the_address() {
        let key = Key::new("müller & söhne, 50%", "0193");
        let link = address("/customers", &[("search", "a b"), ("reseller", "")], &[("after", &key.text())]);
        assert!(link.starts_with("/customers?search=a+b&after="));
        let (_, query) = link.split_once("after=").unwrap();
        let cursor: Cursor = serde_urlencoded::from_str(&format!("after={query}")).unwrap();
        assert_eq!(cursor.start(), Start::After(key));
    }

    #[test]
    fn a_key_that_makes_no_sense_starts_at_the_beginning() {
        let cursor = Cursor { after: Some("nonsense".to_owned()), before: None };
        assert_eq!(cursor.start(), Start::First);
    }
}
