//! Files that are sent at once: CSV while it is read, a workbook once it is whole.

use std::fs::File;
use std::io::Read as _;

use actix_web::http::header;
use actix_web::web::{Bytes, block};
use actix_web::{Error as ActixError, HttpResponse};
use anyhow::anyhow;
use futures_core::Stream;
use futures_util::StreamExt as _;
use futures_util::stream::{once, try_unfold};

use super::{Draft, Format, Made, Sheet};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::web::csv;
use crate::web::pager::{Portion, Start};

/// So much is sent at once.
const PIECE: usize = 64 * 1024;

/// A download: `chunks` yields parts of the file.
pub fn as_attachment<S>(format: Format, name: &str, chunks: S) -> HttpResponse
where
    S: Stream<Item = Result<Bytes, ActixError>> + 'static,
{
    let disposition = format!("attachment; filename=\"{}\"", format.file_name(name));
    HttpResponse::Ok()
        .content_type(format.content_type())
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .streaming(chunks)
}

impl Sheet {
    /// The whole list as CSV: no more than a portion is ever in memory.
    ///
    /// # Errors
    /// What reading the first portion answers. Later the download can only break off.
    pub async fn as_csv(self, db: Db) -> Result<HttpResponse> {
        let (first, rest) = self.lines(&db, Start::First).await?;
        let beginning = [csv::head(&self.columns)?, first].concat();
        let name = self.name.clone();
        let parts = try_unfold((self, db, rest), |(sheet, db, start)| async move {
            let Some(start) = start else { return Ok(None) };
            let (bytes, rest) = sheet.lines(&db, start).await?;
            Ok::<_, ActixError>(Some((bytes, (sheet, db, rest))))
        });
        let whole = once(async { Ok(Bytes::from(beginning)) }).chain(parts);
        Ok(as_attachment(Format::Csv, &name, whole))
    }

    /// The whole list as a workbook; `about` says what it is about, once its rows are counted.
    ///
    /// # Errors
    /// What reading answers; when the disk is full.
    pub async fn as_workbook(
        self,
        db: Db,
        about: impl FnOnce(u64) -> Result<Vec<(String, String)>>,
    ) -> Result<HttpResponse> {
        let mut draft = Draft::begin(Format::Xlsx, &self)?;
        let mut start = Some(Start::First);
        while let Some(from) = start {
            let sheet = self.clone();
            let page = db.read(move |conn| sheet.read(conn, &Portion::chunk(&from))).await?;
            start = page.rest();
            draft.add(page.rows)?;
        }
        let about = about(draft.rows())?;
        let finished = block(move || draft.finish(&about)).await;
        let Made { file, .. } = finished.map_err(|error| Error::Internal(anyhow!("{error}")))??;
        Ok(as_attachment(Format::Xlsx, &self.name, pieces(file)))
    }

    /// The lines of a portion, and where the next one starts.
    async fn lines(&self, db: &Db, start: Start) -> Result<(Bytes, Option<Start>)> {
        let sheet = self.clone();
        let page = db.read(move |conn| sheet.read(conn, &Portion::chunk(&start))).await?;
        let rest = page.rest();
        Ok((csv::cells(page.rows)?, rest))
    }
}

fn pieces(file: File) -> impl Stream<Item = Result<Bytes, ActixError>> {
    try_unfold(file, |mut file| async move {
        let read = move || {
            let mut piece = vec![0; PIECE];
            let length = file.read(&mut piece)?;
            piece.truncate(length);
            Ok::<_, std::io::Error>((Bytes::from(piece), file))
        };
        let (piece, file) = block(read).await??;
        Ok::<_, ActixError>((!piece.is_empty()).then_some((piece, file)))
    })
}
