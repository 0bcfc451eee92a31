//! A file in the making, on disk, so that a long list does not stay in memory.

use std::fs::File;
use std::io::{BufWriter, Seek as _, SeekFrom, Write as _};

use super::{Format, Sheet};
use crate::error::{Error, Result};
use crate::web::cell::Cell;
use crate::web::csv;
use crate::web::workbook::Book;

/// A file to which rows are added.
pub struct Draft {
    body: Body,
    rows: u64,
}

enum Body {
    Csv(BufWriter<File>),
    Xlsx(Box<Book>),
}

/// A file that is made. It has no name, so that nothing of it is left whatever happens.
pub struct Made {
    pub file: File,
    pub bytes: u64,
}

impl Draft {
    /// # Errors
    /// When nothing can be written to the disk.
    pub fn begin(format: Format, sheet: &Sheet) -> Result<Self> {
        let body = match format {
            Format::Csv => {
                let mut file = BufWriter::new(tempfile::tempfile().map_err(failed)?);
                file.write_all(&csv::head(&sheet.columns)?).map_err(failed)?;
                Body::Csv(file)
            }
            Format::Xlsx => Body::Xlsx(Box::new(Book::new(&sheet.columns)?)),
        };
        Ok(Self { body, rows: 0 })
    }

    /// # Errors
    /// When the disk is full.
    pub fn add(&mut self, rows: Vec<Vec<Cell>>) -> Result<()> {
        self.rows += u64::try_from(rows.len()).unwrap_or_default();
        match &mut self.body {
            Body::Csv(file) => file.write_all(&csv::cells(rows)?).map_err(failed),
            Body::Xlsx(book) => rows.into_iter().try_for_each(|row| book.add(row)),
        }
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The whole file. What it is about stands on the last sheet of a workbook; CSV is rows and nothing else.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn finish(self, about: &[(String, String)]) -> Result<Made> {
        let mut file = match self.body {
            Body::Csv(file) => file.into_inner().map_err(|error| failed(error.into_error()))?,
            Body::Xlsx(book) => book.finish(about)?,
        };
        let bytes = file.seek(SeekFrom::End(0)).map_err(failed)?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        Ok(Made { file, bytes })
    }
}

fn failed(error: std::io::Error) -> Error {
    Error::Internal(error.into())
}
