//! A file of offers as text: found out how it is written, taken apart into rows and cells. Any bytes are answered.

use std::collections::HashMap;

use super::column::{Cells, Column};
use crate::values::unseen::is_visible;

/// The largest file, in bytes.
pub const LARGEST: usize = 4_000_000;
/// The most rows.
pub const MOST_ROWS: usize = 10_000;
/// So many heads that are not known are named.
const NAMED: usize = 20;
/// Nobody reads more of a head.
const LONGEST_HEAD: usize = 60;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// A file of offers.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub rows: Vec<SheetRow>,
    /// Heads that are no column here; what stands below them is left out.
    pub unknown: Vec<String>,
    /// Columns that the file does not have: known offers keep what they say there.
    pub missing: Vec<Column>,
}

#[derive(Clone, Debug)]
pub struct SheetRow {
    /// Where it begins in the file.
    pub line: u64,
    pub cells: Cells,
    /// How many cells it has, where that is not how many heads there are.
    pub odd_length: Option<(usize, usize)>,
}

/// Why a file is none of offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    Empty,
    TooLarge,
    TooManyRows,
    /// What is no UTF-8, from this line on; spreadsheets save that as "CSV UTF-8".
    NotUtf8 {
        line: usize,
    },
    /// There is no Offer ID among the heads.
    NoOfferId {
        heads: Vec<String>,
    },
    /// Two heads are one column.
    TwoHeads {
        head: String,
    },
    /// A quote that is opened in the row on this line and never closed: everything after it would be one cell.
    OpenQuote {
        line: u64,
    },
}

impl Sheet {
    /// Reads a file.
    ///
    /// # Errors
    /// Why it is no file of offers.
    pub fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.len() > LARGEST {
            return Err(Unreadable::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Unreadable::NotUtf8 { line: before.iter().filter(|byte| **byte == b'\n').count() + 1 }
        })?;
        if let Some(before) = text.find('\0').and_then(|at| text.get(..at)) {
            return Err(Unreadable::NotUtf8 { line: before.matches('\n').count() + 1 });
        }
        Self::of(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text))
    }

    fn of(text: &str) -> Result<Self, Unreadable> {
        let delimiter = delimiter(text);
        if let Some(line) = open_quote(text, delimiter) {
            return Err(Unreadable::OpenQuote { line });
        }
        let mut records = records(text, delimiter).filter(is_filled);
        let head = records.next().ok_or(Unreadable::Empty)?;
        let heads = Heads::of(&head)?;
        let mut sheet = Self { rows: Vec::new(), unknown: heads.unknown.clone(), missing: heads.missing() };
        for record in records {
            if sheet.rows.len() == MOST_ROWS {
                return Err(Unreadable::TooManyRows);
            }
            sheet.rows.push(heads.row(&record, text));
        }
        if sheet.rows.is_empty() { Err(Unreadable::Empty) } else { Ok(sheet) }
    }
}

/// Which cell is which column.
struct Heads {
    columns: Vec<Option<Column>>,
    unknown: Vec<String>,
}

impl Heads {
    fn of(record: &csv::StringRecord) -> Result<Self, Unreadable> {
        let shown = |head: &str| -> String {
            head.trim().chars().filter(|sign| !sign.is_control()).take(LONGEST_HEAD).collect()
        };
        let columns: Vec<_> =
            record.iter().map(|head| Column::named(&crate::web::csv::plain(head))).collect();
        let named = |one: Column| columns.iter().flatten().filter(|column| **column == one).count();
        if let Some(twice) = Column::all().find(|column| named(*column) > 1) {
            return Err(Unreadable::TwoHeads { head: twice.head() });
        }
        let unknown =
            record.iter().zip(&columns).filter(|(head, column)| column.is_none() && !head.trim().is_empty());
        let unknown: Vec<_> = unknown.map(|(head, _)| shown(head)).take(NAMED).collect();
        if named(Column::Code) == 0 {
            let heads = record.iter().map(shown).filter(|head| !head.is_empty());
            return Err(Unreadable::NoOfferId { heads: heads.take(NAMED).collect() });
        }
        Ok(Self { columns, unknown })
    }

    fn missing(&self) -> Vec<Column> {
        Column::all().filter(|column| !self.columns.contains(&Some(*column))).collect()
    }

    fn row(&self, record: &csv::StringRecord, text: &str) -> SheetRow {
        let cells = self.columns.iter().zip(record.iter());
        let cells = cells.filter_map(|(column, cell)| column.map(|column| (column, seen(cell)))).collect();
        let expected = self.columns.len();
        let has_more = record.iter().skip(expected).any(is_visible);
        let is_odd = record.len() < expected || has_more;
        SheetRow {
            line: line_of(record, text),
            cells,
            odd_length: is_odd.then_some((record.len(), expected)),
        }
    }
}

fn records(text: &str, delimiter: u8) -> impl Iterator<Item = csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).delimiter(delimiter);
    // Text in memory, with any number of cells a row, has no errors.
    reader.from_reader(text.as_bytes()).into_records().filter_map(Result::ok)
}

/// The line of the row that opens a quote and never closes it: it swallows whatever is put behind the text.
fn open_quote(text: &str, delimiter: u8) -> Option<u64> {
    const END: &str = "end";
    let more = format!("{text}\n{END}");
    let last = records(&more, delimiter).last()?;
    (last.iter().ne([END])).then(|| line_of(&last, &more))
}

/// The cell without blanks around it; empty where there is nothing to see.
fn seen(cell: &str) -> &str {
    if is_visible(cell) { cell.trim() } else { "" }
}

fn is_filled(record: &csv::StringRecord) -> bool {
    record.iter().any(is_visible)
}

/// The line on which a record begins. The reader counts from the end of the record before, so empty lines between
/// are added.
fn line_of(record: &csv::StringRecord, text: &str) -> u64 {
    let Some(position) = record.position() else { return 0 };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let between = text.as_bytes().get(start..).unwrap_or_default();
    let between = between.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    position.line() + u64::try_from(between.filter(|byte| **byte == b'\n').count()).unwrap_or(0)
}

/// What divides the cells of the first line outside of quotes: commas, semicolons or tabs.
fn delimiter(text: &str) -> u8 {
    let mut counts: HashMap<u8, usize> = HashMap::new();
    let mut is_quoted = false;
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            b',' | b';' | b'\t' if !is_quoted => *counts.entry(byte).or_default() += 1,
            _ => {}
        }
    }
    let most = [b',', b';', b'\t'].into_iter().max_by_key(|sign| (counts.get(sign).copied(), *sign == b','));
    most.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Sheet {
        Sheet::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn commas_semicolons_and_tabs_divide_cells_and_a_mark_is_no_head() {
        for text in [
            "Offer ID,Name\na,\"One, two\"\n",
            "\u{feff}Offer ID;Name\r\na;\"One, two\"\r\n",
            "\"Offer ID\"\tName\na\tOne, two",
        ] {
            let sheet = read(text);
            assert_eq!(sheet.rows.len(), 1, "{text}");
            assert_eq!(sheet.rows[0].cells.get(Column::Name), "One, two", "{text}");
            assert_eq!(sheet.rows[0].odd_length, None);
        }
    }

    #[test]
    fn heads_stand_in_any_order_and_what_is_unknown_or_missing_is_named() {
        let sheet = read("Comment,EUR annual,offer_id\nx,1.00,a\n");
        assert_eq!(sheet.unknown, ["Comment"]);
        assert!(sheet.missing.contains(&Column::Name) && !sheet.missing.contains(&Column::Code));
        assert_eq!(sheet.rows[0].cells.get(Column::Code), "a");
    }

    #[test]
    fn rows_know_their_lines_over_empty_ones_and_quoted_breaks() {
        let sheet = read("Offer ID,Name\n\n\na,\"x\ny\"\n,\nb,z\n");
        let lines: Vec<_> = sheet.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [4, 7]);
    }

    #[test]
    fn a_row_of_another_length_is_noticed() {
        let sheet = read("Offer ID,Name\na\nb,c,\nd,e,f\n");
        let odd: Vec<_> = sheet.rows.iter().map(|row| row.odd_length).collect();
        assert_eq!(odd, [Some((1, 2)), None, Some((3, 2))]);
    }

    #[test]
    fn what_is_no_file_of_offers_says_why() {
        let why = |bytes: &[u8]| Sheet::read(bytes).unwrap_err();
        assert_eq!(why(b""), Unreadable::Empty);
        assert_eq!(why(b"Offer ID,Name\n"), Unreadable::Empty);
        assert_eq!(why(b"Offer ID\nM\xfcller\n"), Unreadable::NotUtf8 { line: 2 });
        assert_eq!(
            why(b"Name;Price\na;1\n"),
            Unreadable::NoOfferId { heads: vec!["Name".into(), "Price".into()] }
        );
        assert_eq!(why(b"Offer ID,Name\na,\"A\nb,B\nc,C\n"), Unreadable::OpenQuote { line: 2 });
        assert_eq!(why(b"Offer ID,Name\na,A\n\nb,\""), Unreadable::OpenQuote { line: 4 });
        assert_eq!(why(b"Offer ID,offer id\na,b\n"), Unreadable::TwoHeads { head: "Offer ID".into() });
        assert_eq!(why(&vec![b'a'; LARGEST + 1]), Unreadable::TooLarge);
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Sheet::read(&bytes);
            let _ = Sheet::read(&[b"Offer ID,Name,Kind\n".as_slice(), &bytes].concat());
        }
    }
}
