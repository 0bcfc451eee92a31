//! Lists as workbooks (XLSX): numbers are numbers, days are days, and text is never a formula. Rows are read portion by
//! portion and written to a file on disk, so a long list does not stay in memory.

use std::fs::File as Disk;
use std::io::{Read as _, Seek as _, SeekFrom};

use actix_web::http::header;
use actix_web::web::{Bytes, block};
use actix_web::{Error as ActixError, HttpResponse};
use anyhow::anyhow;
use futures_util::stream::try_unfold;
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::ask::Asked;
use super::cell::Cell;
use super::export::File;
use super::pager::{Page, Portion, Start};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::values::money::Money;

/// What spreadsheets take for a workbook.
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// So many rows a sheet can have; the others stand on the next one.
const ROWS: u32 = 1_048_576;
/// So much is sent at once.
const PIECE: usize = 64 * 1024;

impl<By: Clone + Send + Sync + 'static> Asked<By> {
    /// The whole of a list as a workbook; `read` and `cells` as for [`Asked::export`].
    ///
    /// # Errors
    /// What reading answers; when the disk is full.
    pub async fn workbook<Row, Read, Cells>(
        &self,
        file: File<'_>,
        read: Read,
        cells: Cells,
    ) -> Result<HttpResponse>
    where
        Row: Send + 'static,
        Read: Fn(&mut Connection, &By, &Portion) -> Result<Page<Row>> + Clone + Send + Sync + 'static,
        Cells: Fn(Row) -> Result<Vec<Cell>>,
    {
        let mut book = Book::new(file.columns)?;
        let mut start = Some(Start::First);
        while let Some(from) = start {
            let (read, portion) = (read.clone(), Portion::chunk(&from));
            let page = self.read(move |conn, by| read(conn, by, &portion)).await?;
            start = page.rest();
            for row in page.rows {
                book.add(cells(row)?)?;
            }
        }
        let disk =
            block(move || book.save()).await.map_err(|error| Error::Internal(anyhow!("{error}")))??;
        Ok(download(file.name, disk))
    }
}

/// A workbook in the making.
struct Book {
    book: Workbook,
    columns: Vec<String>,
    row: u32,
    /// How a day, an amount with cents and one without are shown.
    formats: [Format; 3],
}

impl Book {
    fn new(columns: &[&str]) -> Result<Self> {
        let formats = ["yyyy-mm-dd", "#,##0.00", "#,##0"].map(|shown| Format::new().set_num_format(shown));
        let columns = columns.iter().map(|column| (*column).to_owned()).collect();
        let mut book = Self { book: Workbook::new(), columns, row: 0, formats };
        book.begin_sheet()?;
        Ok(book)
    }

    fn begin_sheet(&mut self) -> Result<()> {
        let sheet = self.book.add_worksheet_with_constant_memory().map_err(broken)?;
        for (column, head) in (0..).zip(&self.columns) {
            sheet.write_string(0, column, head).map_err(broken)?;
        }
        self.row = 1;
        Ok(())
    }

    fn add(&mut self, cells: Vec<Cell>) -> Result<()> {
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

    /// Writes it to a file that has no name, so that nothing of it is left whatever happens.
    fn save(mut self) -> Result<Disk> {
        let mut disk = tempfile::tempfile().map_err(|error| Error::Internal(error.into()))?;
        self.book.save_to_writer(&mut disk).map_err(broken)?;
        disk.seek(SeekFrom::Start(0)).map_err(|error| Error::Internal(error.into()))?;
        Ok(disk)
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell,
    [day, cents, whole]: &[Format; 3],
) -> Result<(), XlsxError> {
    match cell {
        // What is written as a string is shown, whatever it begins with.
        Cell::Text(text) if !text.is_empty() => sheet.write_string(row, column, text)?,
        Cell::Amount(Some(money)) => {
            let format = if money.currency.minor_digits() == 0 { whole } else { cents };
            sheet.write_number_with_format(row, column, number(money), format)?
        }
        Cell::Day(Some(date)) => sheet.write_date_with_format(row, column, date, day)?,
        Cell::Text(_) | Cell::Amount(None) | Cell::Day(None) => sheet,
    };
    Ok(())
}

/// Workbooks know no other numbers. Up to fifteen digits they are exact.
fn number(money: Money) -> f64 {
    money.decimal().to_f64().unwrap_or_default()
}

fn broken(error: XlsxError) -> Error {
    Error::Internal(error.into())
}

fn download(name: &str, disk: Disk) -> HttpResponse {
    let pieces = try_unfold(disk, |mut disk| async move {
        let read = move || {
            let mut piece = vec![0; PIECE];
            let length = disk.read(&mut piece)?;
            piece.truncate(length);
            Ok::<_, std::io::Error>((Bytes::from(piece), disk))
        };
        let (piece, disk) = block(read).await??;
        Ok::<_, ActixError>((!piece.is_empty()).then_some((piece, disk)))
    });
    HttpResponse::Ok()
        .content_type(KIND)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .streaming(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::tests::{LIMITS, Of, cells};
    use crate::sheets::{Origin, Sheet};
    use crate::values::currency::Currency;
    use chrono::NaiveDate;
    use proptest::prelude::*;

    fn read(rows: impl IntoIterator<Item = [Cell; 3]>) -> Sheet<Of> {
        let mut book = Book::new(&["Offer code", "Name", "Note"]).unwrap();
        for row in rows {
            book.add(row.into()).unwrap();
        }
        let mut bytes = Vec::new();
        book.save().unwrap().read_to_end(&mut bytes).unwrap();
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
            let names: Vec<_> = names.iter().map(|name| crate::values::formula::plain(name).into_owned()).collect();
            prop_assert_eq!(read, names);
        }
    }
}
