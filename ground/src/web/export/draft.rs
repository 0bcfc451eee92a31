//! A file in the making, on disk, so that a long list does not stay in memory. What is written and packed is so where it
//! stops nobody's page: a disk may be slow, and a workbook is much to pack.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use actix_web::web::Bytes;
use futures_core::Stream;
use futures_util::stream::try_unfold;
use tokio::task::spawn_blocking;

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
    file: File,
    pub bytes: u64,
}

impl Draft {
    /// # Errors
    /// When nothing can be written to the disk.
    pub async fn begin(format: Format, sheet: &Sheet) -> Result<Self> {
        let columns = sheet.columns.clone();
        aside(move || Ok(Self { body: Body::begin(format, &columns)?, rows: 0 })).await
    }

    /// The file with these rows.
    ///
    /// # Errors
    /// When the disk is full.
    pub async fn with(mut self, rows: Vec<Vec<Cell>>) -> Result<Self> {
        aside(move || {
            self.rows += u64::try_from(rows.len()).unwrap_or_default();
            self.body.add(rows)?;
            Ok(self)
        })
        .await
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The whole file. What it is about stands on the last sheet of a workbook; CSV is rows and nothing else.
    ///
    /// # Errors
    /// When the disk is full.
    pub async fn finish(self, about: Vec<(String, String)>) -> Result<Made> {
        aside(move || self.body.finish(&about)).await
    }
}

impl Body {
    fn begin(format: Format, columns: &[String]) -> Result<Self> {
        Ok(match format {
            Format::Csv => {
                let mut file = BufWriter::new(tempfile::tempfile().map_err(failed)?);
                file.write_all(&csv::head(columns)?).map_err(failed)?;
                Self::Csv(file)
            }
            Format::Xlsx => Self::Xlsx(Box::new(Book::new(columns)?)),
        })
    }

    fn add(&mut self, rows: Vec<Vec<Cell>>) -> Result<()> {
        match self {
            Self::Csv(file) => file.write_all(&csv::cells(rows)?).map_err(failed),
            Self::Xlsx(book) => rows.into_iter().try_for_each(|row| book.add(row)),
        }
    }

    fn finish(self, about: &[(String, String)]) -> Result<Made> {
        let mut file = match self {
            Self::Csv(file) => file.into_inner().map_err(|error| failed(error.into_error()))?,
            Self::Xlsx(book) => book.finish(about)?,
        };
        let bytes = file.seek(SeekFrom::End(0)).map_err(failed)?;
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        Ok(Made { file, bytes })
    }
}

impl Made {
    /// The file in pieces of so many bytes, but for the last one.
    pub fn pieces(self, size: u64) -> impl Stream<Item = Result<Bytes>> {
        try_unfold(self.file, move |mut file| async move {
            let (piece, file) = aside(move || {
                let mut piece = Vec::new();
                (&mut file).take(size).read_to_end(&mut piece).map_err(failed)?;
                Ok((Bytes::from(piece), file))
            })
            .await?;
            Ok((!piece.is_empty()).then_some((piece, file)))
        })
    }
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    spawn_blocking(work).await.map_err(|error| Error::Internal(error.into()))?
}

fn failed(error: std::io::Error) -> Error {
    Error::Internal(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pager::Page;
    use futures_util::TryStreamExt as _;

    #[tokio::test]
    async fn a_file_comes_in_pieces_of_one_size_in_its_order() {
        let sheet = Sheet::new("names", &["Name"], |_, _| Ok(Page::<()>::default()), |()| Ok(Vec::new()));
        let names = |range: std::ops::Range<u32>| range.map(|nth| vec![Cell::number(nth)]).collect();
        let draft = Draft::begin(Format::Csv, &sheet).await.unwrap();
        let draft = draft.with(names(0..500)).await.unwrap().with(names(500..1_000)).await.unwrap();
        assert_eq!(draft.rows(), 1_000);
        let made = draft.finish(Vec::new()).await.unwrap();
        let bytes = usize::try_from(made.bytes).unwrap();
        let pieces: Vec<Bytes> = made.pieces(64).try_collect().await.unwrap();
        let (last, others) = pieces.split_last().unwrap();
        assert!(others.iter().all(|piece| piece.len() == 64) && (1..=64).contains(&last.len()));
        let whole = pieces.concat();
        assert_eq!(whole.len(), bytes);
        let lines = String::from_utf8_lossy(&whole).lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines, (0..1_000).map(|nth| nth.to_string()).collect::<Vec<_>>());
    }
}
