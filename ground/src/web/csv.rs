//! Exports: CSV that spreadsheets open well and cannot be harmed by.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;

use crate::error::{Error, Result};

/// Tells spreadsheets that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The beginning of a file: mark and column heads.
///
/// # Errors
/// When the writer fails, which memory does not.
pub fn head(columns: &[&str]) -> Result<Bytes> {
    let rows = rows([columns.iter().map(|column| (*column).to_owned()).collect()])?;
    Ok([BYTE_ORDER_MARK.as_bytes(), &rows].concat().into())
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

/// Puts an apostrophe before everything that a spreadsheet would read as a formula: at the beginning of a cell,
/// and where some divide cells too, whatever stands between quotes (at `;` where the comma is the decimal point).
fn harmless(cell: &str) -> String {
    let mut harmless = String::with_capacity(cell.len() + 1);
    let is_divider = |char: char| matches!(char, ';' | '\t' | '\r' | '\n');
    if cell.starts_with(['\t', '\r']) {
        harmless.push('\'');
    }
    for part in cell.split_inclusive(is_divider) {
        if part.trim_start_matches([' ', '"']).starts_with(FORMULA) {
            harmless.push('\'');
        }
        harmless.push_str(part);
    }
    harmless
}

/// What a cell said before an export made it harmless: apostrophes go that stand before the beginning of a formula.
pub fn plain(cell: &str) -> String {
    let mut plain = String::with_capacity(cell.len());
    let is_divider = |char: char| matches!(char, ';' | '\t' | '\r' | '\n');
    for part in cell.split_inclusive(is_divider) {
        let bare = part.trim_start_matches('\'');
        let is_protected = bare.trim_start_matches([' ', '"']).starts_with(FORMULA);
        plain.push_str(if is_protected { bare } else { part });
    }
    plain
}

/// A download that is sent while it is made: `chunks` yields parts of the file.
pub fn download<S>(file_name: &str, chunks: S) -> HttpResponse
where
    S: futures_core::Stream<Item = Result<Bytes, actix_web::Error>> + 'static,
{
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file_name}\"")))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .streaming(chunks)
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
        fn what_an_export_protects_reads_back(cell in "[-=+@;' \"a1]*") {
            let once = plain(&cell);
            prop_assert_eq!(plain(&harmless(&once)), once);
        }

        #[test]
        fn any_cell_reads_back(cell in "[^=+@\\-\t\r\n; \"\u{feff}][^\r\n\t;]*") {
            let bytes = rows([vec![cell.clone(), "end".to_owned()]]).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_ref());
            let record = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(record.get(0).unwrap(), cell);
        }

        #[test]
        fn whatever_divides_cells_no_formula_begins(cell in "[-=+@;\t\n\" a]*") {
            for part in harmless(&cell).split([';', '\t', '\n']) {
                prop_assert!(!part.trim_start_matches([' ', '"']).starts_with(FORMULA), "{cell:?}: {part:?}");
            }
        }
    }
}
