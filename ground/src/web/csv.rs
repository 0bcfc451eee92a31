//! Exports: CSV that spreadsheets open well and cannot be harmed by.

use actix_web::web::Bytes;

use super::cell::Cell;
use crate::error::{Error, Result};

/// Tells spreadsheets that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The beginning of a file: mark and column heads.
///
/// # Errors
/// When the writer fails, which memory does not.
pub fn head<C: AsRef<str>>(columns: &[C]) -> Result<Bytes> {
    let rows = rows([columns.iter().map(|column| column.as_ref().to_owned()).collect()])?;
    Ok([BYTE_ORDER_MARK.as_bytes(), &rows].concat().into())
}

/// Rows of cells.
///
/// # Errors
/// When the writer fails, which memory does not.
pub fn cells(cells: Vec<Vec<Cell>>) -> Result<Bytes> {
    rows(cells.into_iter().map(|row| row.into_iter().map(Cell::plain).collect()))
}

/// Rows, with everything in them made harmless.
///
/// # Errors
/// When the writer fails, which memory does not.
pub fn rows(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Bytes> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer
            .write_record(row.iter().map(|cell| harmless(cell)))
            .map_err(|error| Error::Internal(error.into()))?;
    }
    let bytes = writer.into_inner().map_err(|error| Error::Internal(anyhow::anyhow!("{error}")))?;
    Ok(bytes.into())
}

/// What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// Whether a spreadsheet would read the beginning of this as a formula, or would once it has trimmed it. Apostrophes
/// before it change nothing, so that what is protected is told from what began with one.
fn is_formula(part: &str, is_beginning: bool) -> bool {
    let bare = part.trim_start_matches('\'');
    let is_trimmed = is_beginning && bare.starts_with(['\t', '\r']);
    is_trimmed || bare.trim_start_matches([' ', '"']).starts_with(FORMULA)
}

/// The parts that spreadsheets may take for cells of their own, whatever stands between quotes: some divide at `;`, where
/// the comma is the decimal point. With each comes whether it begins the cell.
fn parts(cell: &str) -> impl Iterator<Item = (&str, bool)> {
    let is_divider = |char: char| matches!(char, ';' | '\t' | '\r' | '\n');
    cell.split_inclusive(is_divider).enumerate().map(|(place, part)| (part, place == 0))
}

/// Puts an apostrophe before everything that a spreadsheet would read as a formula. That is all that is changed: digits
/// stay as they are, so that a file reads back unchanged; whoever wants telephone numbers and long ids as text in a
/// spreadsheet takes the workbook.
fn harmless(cell: &str) -> String {
    let mut harmless = String::with_capacity(cell.len() + 1);
    for (part, is_beginning) in parts(cell) {
        if is_formula(part, is_beginning) {
            harmless.push('\'');
        }
        harmless.push_str(part);
    }
    harmless
}

/// What a cell said before an export made it harmless: the apostrophe goes that stands before the beginning of a formula.
pub fn plain(cell: &str) -> String {
    let bare = |(part, is_beginning)| match str::strip_prefix(part, '\'') {
        Some(bare) if is_formula(part, is_beginning) => bare,
        _ => part,
    };
    parts(cell).map(bare).collect()
}

/// What stands in a file as the portal writes it, heads first, each cell as it was before it was made harmless.
///
/// # Errors
/// When it is no such file.
pub fn read(file: &[u8]) -> Result<Vec<Vec<String>>> {
    let file = file.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap_or(file);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file);
    let rows = reader.records().map(|record| Ok(record?.iter().map(plain).collect()));
    rows.collect::<Result<_, csv::Error>>().map_err(|error| Error::Internal(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_become_text() {
        let bytes = rows([vec!["=1+1".to_owned(), "a, \"b\"".to_owned()]]).unwrap();
        assert_eq!(bytes, "'=1+1,\"a, \"\"b\"\"\"\r\n");
    }

    #[test]
    fn a_formula_begins_nowhere_inside_a_cell() {
        for (cell, shown) in [
            ("Harbor;=1+1", "Harbor;'=1+1"),
            ("Harbor;@SUM(A1)", "Harbor;'@SUM(A1)"),
            ("Harbor\t+1", "Harbor\t'+1"),
            ("a\n-1;b", "a\n'-1;b"),
            ("a;\"=1", "a;'\"=1"),
            ("\t=1", "'\t'=1"),
            (" =1", "' =1"),
            ("Smith-Jones; a+b", "Smith-Jones; a+b"),
        ] {
            assert_eq!(harmless(cell), shown);
        }
    }

    proptest! {
        #[test]
        fn what_an_export_protects_reads_back(cell in "[-=+@;' \"\t\r\na1]*") {
            prop_assert_eq!(plain(&harmless(&cell)), cell);
        }

        #[test]
        fn any_file_reads_back(table in proptest::collection::vec(proptest::collection::vec(".{0,9}|[-=+@;', \"\t\r\n0]{0,9}", 3), 1..5)) {
            let heads = ["First", "Second", "Third"];
            let file = [head(&heads).unwrap(), rows(table.clone()).unwrap()].concat();
            let back = read(&file).unwrap();
            prop_assert_eq!(back.first().unwrap(), &heads);
            prop_assert_eq!(back.get(1..).unwrap(), table);
        }

        #[test]
        fn whatever_divides_cells_no_formula_begins(cell in "[-=+@;\t\n\" a]*") {
            for part in harmless(&cell).split([';', '\t', '\n']) {
                prop_assert!(!part.trim_start_matches([' ', '"']).starts_with(FORMULA), "{cell:?}: {part:?}");
            }
        }
    }
}
