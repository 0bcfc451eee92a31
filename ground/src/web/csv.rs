//! Exports: CSV that spreadsheets open well and cannot be harmed by.

use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::Bytes;

use crate::error::{Error, Result};
use crate::values::formula::harmless;

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
    use crate::sheets::Sheet;
    use crate::sheets::tests::{LIMITS, Of};
    use proptest::prelude::*;

    #[test]
    fn formulas_become_text() {
        let bytes = rows([vec!["=1+1".to_owned(), "a, \"b\"".to_owned()]]).unwrap();
        assert_eq!(bytes, "'=1+1,\"a, \"\"b\"\"\"\r\n");
    }

    proptest! {
        #[test]
        fn any_cell_reads_back(cell in "[^=+@\\-\t\r\n; \"\u{feff}][^\r\n\t;]*") {
            let bytes = rows([vec![cell.clone(), "end".to_owned()]]).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes.as_ref());
            let record = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(record.get(0).unwrap(), cell);
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
