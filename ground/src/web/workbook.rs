//! Workbooks (XLSX): numbers are numbers, days are days, and text is never a formula. Rows are written to a file on disk,
//! so a long list does not stay in memory.

use std::fs::File as Disk;

use chrono::{Datelike as _, NaiveDate};
use chrono_tz::Tz;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::cell::Cell;
use crate::error::{Error, Result};
use crate::values::moment::Moment;
use crate::values::money::Money;

/// So many rows a sheet can have; the others stand on the next one.
const ROWS: u32 = 1_048_576;
/// Longer text than this is cut, since spreadsheets open no file that has it.
const LONGEST: usize = 32_767;
/// Longer text than this is no format's: some spreadsheets show signs of `#` in its place.
const LONGEST_WITH_FORMAT: usize = 255;
/// The last sheet, by one name in every language, so that programs find it.
const ABOUT: &str = "About";
/// The first year that spreadsheets count from.
const FIRST_YEAR: i32 = 1900;
/// So wide a column is, in digits.
const WIDTH: f64 = 24.0;

/// A workbook in the making.
pub(super) struct Book {
    book: Workbook,
    columns: Vec<String>,
    row: u32,
    formats: Formats,
}

/// How cells are shown.
struct Formats {
    /// Stays text when somebody changes it: a telephone number keeps its zeros, and `=1` is no formula.
    text: Format,
    day: Format,
    time: Format,
    /// Amounts with minor digits, and without.
    cents: Format,
    whole: Format,
    head: Format,
}

impl Formats {
    fn new() -> Self {
        let shown = |format: &str| Format::new().set_num_format(format);
        Self {
            text: shown("@"),
            day: shown("yyyy-mm-dd"),
            time: shown("yyyy-mm-dd hh:mm:ss"),
            cents: shown("#,##0.00"),
            whole: shown("#,##0"),
            head: Format::new().set_bold(),
        }
    }
}

impl Book {
    pub(super) fn new(columns: &[String]) -> Result<Self> {
        let mut book =
            Self { book: Workbook::new(), columns: columns.to_vec(), row: 0, formats: Formats::new() };
        book.begin_sheet()?;
        Ok(book)
    }

    fn begin_sheet(&mut self) -> Result<()> {
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(broken)?;
        sheet.set_freeze_panes(1, 0).map_err(broken)?;
        for (column, head) in (0..).zip(&self.columns) {
            sheet.set_column_width(column, WIDTH).map_err(broken)?;
            sheet.write_string_with_format(0, column, head, &self.formats.head).map_err(broken)?;
        }
        self.row = 1;
        Ok(())
    }

    pub(super) fn add(&mut self, cells: Vec<Cell>) -> Result<()> {
        if self.row == ROWS {
            self.begin_sheet()?;
        }
        let last = self.book.worksheets().len().saturating_sub(1);
        let sheet = self.book.worksheet_from_index(last).map_err(broken)?;
        for (column, cell) in (0..).zip(cells) {
            write(sheet, (self.row, column), cell, &self.formats).map_err(broken)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Adds what it is about, and writes it to a file that has no name.
    pub(super) fn finish(mut self, about: &[(String, String)]) -> Result<Disk> {
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(broken)?;
        sheet.set_name(ABOUT).map_err(broken)?;
        for (row, (name, value)) in (0..).zip(about) {
            sheet.write_string_with_format(row, 0, name, &self.formats.head).map_err(broken)?;
            text(sheet, (row, 1), value, &self.formats).map_err(broken)?;
        }
        sheet.set_column_width(0, WIDTH).map_err(broken)?;
        let mut disk = tempfile::tempfile().map_err(|error| Error::Internal(error.into()))?;
        self.book.save_to_writer(&mut disk).map_err(broken)?;
        Ok(disk)
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(written) => text(sheet, (row, column), &written, formats)?,
        Cell::Number(written) => match exact(&written) {
            Some(number) => sheet.write_number(row, column, number).map(|_| ())?,
            None => text(sheet, (row, column), &written, formats)?,
        },
        Cell::Amount(Some(money)) => {
            let format = if money.currency.minor_digits() == 0 { &formats.whole } else { &formats.cents };
            sheet.write_number_with_format(row, column, amount(money), format)?;
        }
        Cell::Day(Some(day)) => self::day(sheet, (row, column), day, formats)?,
        Cell::Time(Some(moment)) => time(sheet, (row, column), moment, formats)?,
        Cell::Amount(None) | Cell::Day(None) | Cell::Time(None) => {}
    }
    Ok(())
}

/// What is written as a string is shown, whatever it begins with.
fn text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match text.chars().count() {
        0 => {}
        length if length <= LONGEST_WITH_FORMAT => {
            sheet.write_string_with_format(row, column, text, &formats.text)?;
        }
        length if length <= LONGEST => {
            sheet.write_string(row, column, text)?;
        }
        _ => {
            let cut: String = text.chars().take(LONGEST - 1).chain(['…']).collect();
            sheet.write_string(row, column, cut)?;
        }
    }
    Ok(())
}

fn day(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    day: NaiveDate,
    formats: &Formats,
) -> Result<(), XlsxError> {
    if day.year() < FIRST_YEAR {
        return text(sheet, (row, column), &day.to_string(), formats);
    }
    sheet.write_date_with_format(row, column, day, &formats.day)?;
    Ok(())
}

/// In UTC, so that files of several people agree.
fn time(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    moment: Moment,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let time = moment.at(Tz::UTC).naive_utc();
    sheet.write_datetime_with_format(row, column, time, &formats.time)?;
    Ok(())
}

/// The number that is written, where workbooks can hold it: up to fifteen digits.
fn exact(written: &str) -> Option<f64> {
    let digits = written.chars().filter(char::is_ascii_digit).count();
    let number: Decimal = written.parse().ok()?;
    number.to_f64().filter(|_| digits <= 15)
}

/// Workbooks know no other numbers. Up to fifteen digits they are exact.
fn amount(money: Money) -> f64 {
    money.decimal().to_f64().unwrap_or_default()
}

fn broken(error: XlsxError) -> Error {
    Error::Internal(error.into())
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::tests::{LIMITS, Of, cells};
    use crate::sheets::{Origin, Sheet};
    use crate::values::currency::Currency;
    use proptest::prelude::*;
    use std::io::{Read as _, Seek as _};

    fn read(rows: impl IntoIterator<Item = [Cell; 3]>) -> Sheet<Of> {
        let heads = ["Offer code", "Name", "Note"].map(str::to_owned);
        let mut book = Book::new(&heads).unwrap();
        for row in rows {
            book.add(row.into()).unwrap();
        }
        let mut disk = book.finish(&[("List".to_owned(), "Customers".to_owned())]).unwrap();
        disk.rewind().unwrap();
        let mut bytes = Vec::new();
        disk.read_to_end(&mut bytes).unwrap();
        Sheet::read(&bytes, &LIMITS).unwrap()
    }

    #[test]
    fn amounts_and_days_read_back() {
        let money = |minor, code| Cell::Amount(Some(Money::new(minor, Currency::parse(code).unwrap())));
        let day = Cell::Day(NaiveDate::from_ymd_opt(2026, 1, 31));
        let sheet = read([
            [Cell::text("a"), money(173_450, "EUR"), day],
            [Cell::text("b"), money(1_000_000, "JPY"), Cell::Day(None)],
        ]);
        assert_eq!(cells(&sheet), [["a", "1734.5", "2026-01-31"], ["b", "1000000", ""]]);
        assert_eq!(sheet.head.origin, Origin::Workbook { sheet: "Sheet1".to_owned() });
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(
            names in proptest::collection::vec("([!-&(-~äß漢]([ -~äß漢\u{1}_x0-9;\r\n\t]{0,12}[!-~漢])?)?", 1..6),
        ) {
            let sheet = read(names.iter().map(|name| [Cell::text("x"), Cell::text(name), Cell::text("")]));
            let read: Vec<_> = sheet.rows().map(|row| row.get(Of::Name).to_owned()).collect();
            // Whoever reads takes off what a CSV of the portal would have before a formula: see `sheets::head`.
            let names: Vec<_> = names.iter().map(|name| crate::values::formula::plain(name).into_owned()).collect();
            prop_assert_eq!(read, names);
        }
    }
}
