//! Exports: CSV that spreadsheets open well and cannot be harmed by.

use actix_web::web::Bytes;

use super::cell::Cell;
use crate::error::{Error, Result};
use crate::values::formula::harmless;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::Sheet;
    use crate::sheets::tests::{LIMITS, Of};
    use crate::values::formula::plain;
    use proptest::prelude::*;

    /// As programs of others read it, but without what made cells harmless.
    fn read(file: &[u8]) -> Vec<Vec<String>> {
        let file = file.strip_prefix(BYTE_ORDER_MARK.as_bytes()).unwrap();
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file);
        let records = reader.records().map(Result::unwrap);
        records.map(|record| record.iter().map(|cell| plain(cell).into_owned()).collect()).collect()
    }

    #[test]
    fn formulas_become_text() {
        let bytes = rows([vec!["=1+1".to_owned(), "a, \"b\"".to_owned()]]).unwrap();
        assert_eq!(bytes, "'=1+1,\"a, \"\"b\"\"\"\r\n");
    }

    proptest! {
        #[test]
        fn any_file_reads_back(table in proptest::collection::vec(proptest::collection::vec(".{0,9}|[-=+@;', \"\t\r\n0]{0,9}", 3), 1..5)) {
            let heads = ["First", "Second", "Third"];
            let file = [head(&heads).unwrap(), rows(table.clone()).unwrap()].concat();
            let back = read(&file);
            prop_assert_eq!(back.first().unwrap(), &heads);
            prop_assert_eq!(back.get(1..).unwrap(), table);
        }

        #[test]
        fn what_is_written_reads_back(
            names in proptest::collection::vec("([-!-&(-~äß漢=+@]([-=+@;,\"a漢 \r\n\t]{0,9}[-!-~漢])?)?", 1..6),
        ) {
            let written = rows(names.iter().map(|name| vec!["x".to_owned(), name.clone()])).unwrap();
            let file = [head(&["Offer code", "Name"]).unwrap(), written].concat();
            let sheet = Sheet::<Of>::read(&file, &LIMITS).unwrap();
            let read: Vec<_> = sheet.rows().map(|row| row.get(Of::Name).to_owned()).collect();
            prop_assert_eq!(read, names);
        }
    }
}
