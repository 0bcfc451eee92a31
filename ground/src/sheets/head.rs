//! The first row: which column each cell below it belongs to.

use csv::StringRecord;

use super::limits::CELL;
use super::{Origin, Unreadable};
use crate::values::formula;
use crate::values::plain::plain;
use crate::values::unseen::is_visible;

/// So many heads are named that are not known.
const NAMED: usize = 20;
/// Nobody reads more of a head.
const LONGEST_HEAD: usize = 60;

/// A column of a table, as an area knows it.
pub trait Column: Copy + PartialEq + 'static {
    /// Every column, in the order of the file.
    fn all() -> impl Iterator<Item = Self>;

    /// The heads by which it is known, in any letter case and however their words are divided; the first one is named
    /// when something is said about the column.
    fn heads(self) -> Vec<String>;

    /// Whether a file without it is none.
    fn is_required(self) -> bool;
}

/// The column of a head.
pub fn named<C: Column>(text: &str) -> Option<C> {
    let wanted = spelling(text);
    C::all().find(|column| column.heads().iter().any(|head| spelling(head) == wanted))
}

/// What all spellings of a head have in common.
fn spelling(text: &str) -> String {
    plain(text).chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn first_head<C: Column>(column: C) -> String {
    column.heads().into_iter().next().unwrap_or_default()
}

/// What is known of a file beside its rows.
#[derive(Clone, Debug)]
pub struct Head<C> {
    pub origin: Origin,
    /// Heads that are no column; what stands below them is left out.
    pub unknown: Vec<String>,
    /// Columns that the file does not have.
    pub missing: Vec<C>,
    /// Those that it has, in the order of the file.
    pub(super) columns: Vec<C>,
}

impl<C: Column> Head<C> {
    pub(super) fn new(origin: Origin, columns: Vec<C>, unknown: Vec<String>) -> Self {
        let missing = C::all().filter(|column| !columns.contains(column)).collect();
        Self { origin, unknown, missing, columns }
    }

    /// The columns that the file has, in its order.
    pub fn columns(&self) -> &[C] {
        &self.columns
    }
}

/// Where the columns stand in the rows of a file.
pub struct Places<C> {
    pub columns: Vec<C>,
    pub unknown: Vec<String>,
    places: Vec<usize>,
    /// How many cells a row has. Blank heads at the end are none: some programs end every row with a divider.
    width: usize,
}

impl<C: Column> Places<C> {
    /// Reads the first row.
    ///
    /// # Errors
    /// [`Unreadable::TwoHeads`], [`Unreadable::NoColumn`].
    pub fn of(record: &StringRecord) -> Result<Self, Unreadable> {
        let (mut columns, mut unknown, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for (place, head) in record.iter().enumerate().filter(|(_, head)| is_visible(head)) {
            match named(&formula::plain(head)) {
                Some(column) if columns.contains(&column) => {
                    return Err(Unreadable::TwoHeads { head: first_head(column) });
                }
                Some(column) => {
                    columns.push(column);
                    places.push(place);
                }
                None if unknown.len() < NAMED => unknown.push(shown(head)),
                None => {}
            }
        }
        let missing = C::all().filter(|column| column.is_required() && !columns.contains(column));
        let missing: Vec<_> = missing.map(first_head).collect();
        if !missing.is_empty() {
            let heads = record.iter().filter(|head| is_visible(head)).take(NAMED).map(shown).collect();
            return Err(Unreadable::NoColumn { missing, heads });
        }
        let width = record.iter().enumerate().filter(|(_, head)| is_visible(head)).last();
        let width = width.map_or(0, |(last, _)| last + 1);
        Ok(Self { columns, unknown, places, width })
    }

    /// The cells of a row in the order of the columns, put where `cells` keeps them: without what made formulas harmless,
    /// also out of a workbook. The portal's own workbooks have none of it, but a CSV of the portal that is opened in Excel
    /// and saved as one does, and is more common than a name that begins with an apostrophe and a formula.
    ///
    /// # Errors
    /// [`Unreadable::LongCell`].
    pub fn gather(&self, line: u64, record: &StringRecord, cells: &mut [String]) -> Result<(), Unreadable> {
        for (place, cell) in self.places.iter().zip(cells) {
            cell.clear();
            cell.push_str(seen(&formula::plain(record.get(*place).unwrap_or_default())));
            if cell.len() > CELL && cell.chars().count() > CELL {
                return Err(Unreadable::LongCell { line, most: CELL });
            }
        }
        Ok(())
    }

    /// How many cells a row has and should have, where that is not the same.
    pub fn odd_length(&self, record: &StringRecord) -> Option<(usize, usize)> {
        let has_more = record.iter().skip(self.width).any(is_visible);
        (record.len() < self.width || has_more).then_some((record.len(), self.width))
    }
}

fn shown(head: &str) -> String {
    head.trim().chars().filter(|sign| !sign.is_control()).take(LONGEST_HEAD).collect()
}

/// The cell without blanks around it; empty where there is nothing to see.
fn seen(cell: &str) -> &str {
    if is_visible(cell) { cell.trim() } else { "" }
}
