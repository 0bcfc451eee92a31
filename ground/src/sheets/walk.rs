//! From bytes to rows: what the file is, which sheet of a workbook, which column is which.

use csv::StringRecord;
use serde::{Deserialize, Serialize};

use super::head::Places;
use super::kind::Kind;
use super::limits::COLUMNS;
use super::workbook::Workbook;
use super::{Column, Head, Limits, Row, Unreadable, encoding, text};
use crate::values::unseen::is_visible;

/// What a table was read from, for a preview to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// The encoding by its name, such as `UTF-8` or `windows-1252`.
    Text { encoding: String },
    /// The name of the sheet.
    Workbook { sheet: String },
}

/// Reads a file row by row. What `each` was shown counts only if the whole file can be read.
///
/// # Errors
/// Why it is no such file.
pub fn walk<C: Column>(
    bytes: &[u8],
    limits: &Limits,
    mut each: impl FnMut(Row<'_, C>),
) -> Result<Head<C>, Unreadable> {
    if bytes.len() > limits.bytes {
        return Err(Unreadable::TooLarge { most: limits.bytes });
    }
    match Kind::of(bytes)? {
        Kind::Text => {
            let (text, encoding) = encoding::decode(bytes, limits.country)?;
            let mut table = Table::new(limits.rows, &mut each);
            text::each(&text, &mut |line, record| table.take(line, record))?;
            table.end(Origin::Text { encoding: encoding.to_owned() })
        }
        Kind::Workbook => walk_workbook(Workbook::open(bytes, limits)?, limits, &mut each),
    }
}

/// The first sheet whose heads fit and that has rows. No row was shown of those before it.
fn walk_workbook<C: Column>(
    mut workbook: Workbook,
    limits: &Limits,
    each: &mut dyn FnMut(Row<'_, C>),
) -> Result<Head<C>, Unreadable> {
    let mut why = Unreadable::Empty;
    for sheet in workbook.sheets() {
        let mut table = Table::new(limits.rows, &mut *each);
        let shown = workbook.each(&sheet, &mut |line, record| table.take(line, record));
        let has_heads = table.places.is_some();
        match shown.and_then(|()| table.end(Origin::Workbook { sheet: sheet.name })) {
            Err(not_this) if not_this.is_of_this_sheet(has_heads) => {
                why = if why == Unreadable::Empty { not_this } else { why };
            }
            answer => return answer,
        }
    }
    Err(why)
}

/// A table on its way: heads first, then rows.
struct Table<'a, C> {
    most: usize,
    places: Option<Places<C>>,
    cells: Vec<String>,
    rows: usize,
    each: &'a mut dyn FnMut(Row<'_, C>),
}

impl<'a, C: Column> Table<'a, C> {
    fn new(most: usize, each: &'a mut dyn FnMut(Row<'_, C>)) -> Self {
        Self { most, places: None, cells: Vec::new(), rows: 0, each }
    }

    fn take(&mut self, line: u64, record: &StringRecord) -> Result<(), Unreadable> {
        if !record.iter().any(is_visible) {
            return Ok(());
        }
        if record.iter().skip(COLUMNS).any(is_visible) {
            return Err(Unreadable::TooManyColumns { line, most: COLUMNS });
        }
        let Some(places) = &self.places else {
            let places = Places::of(record)?;
            self.cells = vec![String::new(); places.columns.len()];
            self.places = Some(places);
            return Ok(());
        };
        if self.rows == self.most {
            return Err(Unreadable::TooManyRows { most: self.most });
        }
        places.gather(line, record, &mut self.cells)?;
        self.rows += 1;
        let odd_length = places.odd_length(record);
        (self.each)(Row { line, odd_length, columns: &places.columns, cells: &self.cells });
        Ok(())
    }

    fn end(self, origin: Origin) -> Result<Head<C>, Unreadable> {
        match self.places {
            Some(places) if self.rows > 0 => Ok(Head::new(origin, places.columns, places.unknown)),
            _ => Err(Unreadable::Empty),
        }
    }
}
