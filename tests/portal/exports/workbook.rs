//! Reads workbooks as spreadsheets do.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use scraper::{ElementRef, Html, Selector};

/// A cell: `inlineStr` for text, `n` for numbers, days and times; and what stands there.
pub type Cell = (String, String);

/// What stands in a part of the workbook.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
    let mut text = String::new();
    archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("it is text");
    text
}

/// The cells of a sheet by their places, row by row.
pub fn rows(bytes: &[u8], sheet: u8) -> Vec<BTreeMap<usize, Cell>> {
    let page = Html::parse_fragment(&part(bytes, &format!("xl/worksheets/sheet{sheet}.xml")));
    let select = |css: &str| Selector::parse(css).expect("a selector");
    let (row, cell) = (select("row"), select("c"));
    page.select(&row).map(|row| row.select(&cell).map(read).collect()).collect()
}

/// The place of a cell in its row, and the cell.
fn read(cell: ElementRef<'_>) -> (usize, Cell) {
    let letters = cell.value().attr("r").unwrap_or_default().bytes().take_while(u8::is_ascii_uppercase);
    let place = letters.fold(0, |place, letter| place * 26 + usize::from(letter - b'A') + 1) - 1;
    let kind = cell.value().attr("t").unwrap_or("n").to_owned();
    (place, (kind, cell.text().collect()))
}

/// What the last sheet says, line by line.
pub fn about(bytes: &[u8]) -> Vec<(String, String)> {
    let book = part(bytes, "xl/workbook.xml");
    assert!(book.contains("name=\"About\""), "{book}");
    let text =
        |row: &BTreeMap<usize, Cell>, place| row.get(&place).map(|cell| cell.1.clone()).unwrap_or_default();
    rows(bytes, 2).iter().map(|row| (text(row, 0), text(row, 1))).collect()
}
