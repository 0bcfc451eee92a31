//! Pages of a list by key: a page begins after a row, never after a number of rows, so the last page
//! of a million rows is as fast as the first.

mod keyset;

use serde::{Deserialize, Serialize};

pub use self::keyset::{ascending, descending, keys, keyset};
use super::count::Count;
use super::export::ExportMenu;
use crate::paths::{address, pairs};

/// Rows on a page.
pub const PAGE_SIZE: usize = 25;

/// Rows that an export reads at once.
const CHUNK_SIZE: usize = 500;

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

    /// The row next to which reading starts.
    pub fn key(&self) -> Option<&Key> {
        match self {
            Self::First => None,
            Self::After(key) | Self::Before(key) => Some(key),
        }
    }
}

/// So much of a list as is read at once.
#[derive(Clone, Debug)]
pub struct Portion {
    start: Start,
    /// The last row that is looked at, where that is not the last of the list.
    end: Option<Key>,
    skipped: usize,
    most: usize,
}

impl Portion {
    /// At most so many rows.
    pub fn new(start: &Start, most: usize) -> Self {
        Self { start: start.clone(), end: None, skipped: 0, most }
    }

    /// What people see at once.
    pub fn page(start: &Start) -> Self {
        Self::new(start, PAGE_SIZE)
    }

    /// What an export keeps in memory at once.
    pub fn chunk(start: &Start) -> Self {
        Self::new(start, CHUNK_SIZE)
    }

    /// As many rows as are counted, from the beginning.
    pub fn counted() -> Self {
        Self::new(&Start::First, Count::MOST)
    }

    pub fn start(&self) -> &Start {
        &self.start
    }

    /// Whether it begins where the list does.
    pub fn is_first(&self) -> bool {
        self.start == Start::First
    }

    /// The same from the beginning, where the row at its start makes no sense.
    #[must_use]
    pub fn if_sensible(&self, makes_sense: impl Fn(&Key) -> bool) -> Self {
        let start = if self.start.key().is_none_or(makes_sense) { self.start.clone() } else { Start::First };
        Self { start, ..self.clone() }
    }

    #[must_use]
    pub fn until(self, end: Option<Key>) -> Self {
        Self { end, ..self }
    }

    #[must_use]
    pub fn skipping(self, rows: usize) -> Self {
        Self { skipped: rows, ..self }
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

    /// As it stands in an address.
    pub fn text(&self) -> String {
        format!("{}{SEPARATOR}{}", self.sort, self.id)
    }
}

impl Cursor {
    /// The address of this page of a list.
    pub fn address(&self, path: &str, filter: &impl Serialize) -> String {
        let place = [("after", &self.after), ("before", &self.before)];
        let place: Vec<(&str, &str)> =
            place.into_iter().filter_map(|(name, key)| Some((name, key.as_deref()?))).collect();
        address(path, filter, &place)
    }

    /// What to read for the page.
    pub fn portion(&self) -> Portion {
        Portion::page(&self.start())
    }

    /// What a job takes at once that goes through a list.
    pub fn chunk(&self) -> Portion {
        Portion::chunk(&self.start())
    }

    /// Where to read. A key that makes no sense starts at the beginning.
    fn start(&self) -> Start {
        let after = self.after.as_deref().and_then(Key::parse).map(Start::After);
        let before = self.before.as_deref().and_then(Key::parse).map(Start::Before);
        after.or(before).unwrap_or(Start::First)
    }
}

/// A portion of a list, most often a page: its rows in list order, with the ways to its neighbours.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub previous: Option<Key>,
    pub next: Option<Key>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), previous: None, next: None }
    }
}

impl<T> Page<T> {
    /// Makes a page from the rows of a portion and one more if there is one, nearest to its start first. Where the
    /// portion ends before the list does, its end is the way on.
    pub fn new(mut rows: Vec<T>, portion: &Portion, key: impl Fn(&T) -> Key) -> Self {
        let Portion { start, end, most, .. } = portion;
        let has_more = rows.len() > *most;
        rows.truncate(*most);
        let farthest = if has_more { rows.last().map(&key) } else { end.clone() };
        let nearest = rows.first().filter(|_| *start != Start::First).map(&key);
        if !start.is_backwards() {
            return Self { rows, previous: nearest, next: farthest };
        }
        rows.reverse();
        Self { rows, previous: farthest, next: nearest }
    }

    /// The same page with something else for each row.
    pub fn map<U>(self, row: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(row).collect(), previous: self.previous, next: self.next }
    }

    /// The same page with rows for which more is read, all at once.
    ///
    /// # Errors
    /// Those of reading.
    pub fn read<U, E>(self, read: impl FnOnce(Vec<T>) -> Result<Vec<U>, E>) -> Result<Page<U>, E> {
        Ok(Page { rows: read(self.rows)?, previous: self.previous, next: self.next })
    }

    /// Where the portion after this one starts.
    pub fn rest(&self) -> Option<Start> {
        self.next.clone().map(Start::After)
    }

    /// How many rows the list has, where all of them stand on this page.
    pub fn count(&self) -> Option<Count> {
        let is_all = self.previous.is_none() && self.next.is_none();
        is_all.then_some(Count::Exactly(self.rows.len()))
    }

    /// The page with how many rows the list has: what counting answers, unless all of them stand on this page.
    ///
    /// # Errors
    /// Those of counting.
    pub fn with_count<E>(self, count: impl FnOnce() -> Result<Count, E>) -> Result<(Self, Count), E> {
        let all = self.count().map_or_else(count, Ok)?;
        Ok((self, all))
    }

    /// How many rows the list has, as far as they were read by [`Portion::counted`].
    pub fn counted(&self) -> Count {
        self.count().unwrap_or(Count::MoreThan(Count::MOST))
    }
}

/// The links of a list: to its other pages, and to what it shows with less of its filter, or elsewhere.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    pub previous: Option<String>,
    pub next: Option<String>,
    path: String,
    filter: Vec<(String, String)>,
}

impl Pager {
    /// The links of a page of the list at `path`; `filter` stands in them unchanged.
    pub fn new<T>(page: &Page<T>, path: &str, filter: &impl Serialize) -> Self {
        let link = |name: &str, key: &Option<Key>| {
            key.as_ref().map(|key| address(path, filter, &[(name, &key.text())]))
        };
        Self {
            previous: link("before", &page.previous),
            next: link("after", &page.next),
            path: path.to_owned(),
            filter: pairs(filter),
        }
    }

    /// Two links that are made elsewhere.
    pub fn by_hand(previous: Option<String>, next: Option<String>) -> Self {
        Self { previous, next, ..Self::default() }
    }

    /// The first page.
    pub fn first(&self) -> String {
        self.of(&self.path)
    }

    /// What is listed, at another address, such as that of its export.
    pub fn of(&self, path: impl AsRef<str>) -> String {
        address(path, &self.filter, &[])
    }

    /// The choice to have what is listed as a file.
    pub fn export(&self) -> ExportMenu {
        ExportMenu::new(&self.path, &self.filter)
    }

    /// The list without one part of its filter, for the chip that removes it.
    pub fn without(&self, part: &str) -> String {
        let rest: Vec<_> = self.filter.iter().filter(|(name, _)| name != part).collect();
        address(&self.path, &rest, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(numbers: std::ops::Range<usize>, start: Start) -> Page<usize> {
        Page::new(numbers.collect(), &Portion::page(&start), |n| Key::new(n.to_string(), n))
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
        let start = Start::Before(Key::new("5", 5));
        let back = Page::new(rows, &Portion::page(&start), |n| Key::new(n.to_string(), n));
        assert_eq!(back.rows, [0, 1, 2, 3, 4]);
        assert!(back.previous.is_none() && back.next.is_some());
    }

    #[test]
    fn a_portion_that_ends_early_goes_on_from_its_end() {
        let end = Key::new("9", 9);
        let portion = |start: &Start| Portion::page(start).until(Some(end.clone()));
        let key = |n: &usize| Key::new(n.to_string(), n);
        assert_eq!(Page::new(vec![3, 5], &portion(&Start::First), key).next, Some(end.clone()));
        let back = Start::Before(Key::new("20", 20));
        assert_eq!(Page::new(vec![], &portion(&back), key).previous, Some(end.clone()));
        let full = Page::new((0..PAGE_SIZE + 1).collect(), &portion(&Start::First), key);
        assert_eq!(full.next, Some(Key::new("24", 24)));
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
    fn a_chip_removes_its_part_and_no_other() {
        let filter = [("search", "a b"), ("reseller", "7"), ("sort", "")];
        let pager = Pager::new(&Page::<()>::default(), "/customers", &filter);
        assert_eq!(pager.without("search"), "/customers?reseller=7");
        assert_eq!(pager.first(), "/customers?search=a+b&reseller=7");
        assert_eq!(pager.of("/customers/export"), "/customers/export?search=a+b&reseller=7");
    }

    #[test]
    fn a_key_that_makes_no_sense_starts_at_the_beginning() {
        let cursor = Cursor { after: Some("nonsense".to_owned()), before: None };
        assert_eq!(cursor.start(), Start::First);
    }
}
