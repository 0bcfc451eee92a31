//! Reads CSV as programs of others do, but without what keeps cells from being formulas.

use twotier::values::formula::plain;

/// The rows, heads first.
pub fn table(file: &[u8]) -> Vec<Vec<String>> {
    let file = file.strip_prefix("\u{feff}".as_bytes()).expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file);
    let records = reader.records().map(|record| record.expect("a row"));
    records.map(|record| record.iter().map(|cell| plain(cell).into_owned()).collect()).collect()
}
