//! Files that are sent at once: CSV while it is read, a workbook once it is whole.

use std::pin::pin;

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{Error as ActixError, HttpResponse, HttpResponseBuilder};
use futures_core::Stream;
use futures_util::stream::{once, try_unfold};
use futures_util::{StreamExt as _, TryStreamExt as _};

use super::{Draft, Format, Sheet};
use crate::db::Db;
use crate::error::Result;
use crate::web::cell::Cell;
use crate::web::csv;
use crate::web::pager::{Portion, Start};

/// So much is sent at once.
const PIECE: u64 = 64 * 1024;

/// The head of a download: browsers keep it as a file of this name, and nobody between keeps it for others.
pub fn attachment(content_type: &str, file_name: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::Ok();
    response
        .content_type(content_type)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{file_name}\"")))
        .insert_header((header::CACHE_CONTROL, "private, no-store"));
    response
}

impl Sheet {
    /// The head of the list as a file.
    pub fn head(&self, format: Format) -> HttpResponseBuilder {
        attachment(format.content_type(), &format.file_name(&self.name))
    }

    /// The rows of the whole list: no more than a portion is ever in memory.
    pub fn portions(self, db: Db) -> impl Stream<Item = Result<Vec<Vec<Cell>>>> {
        try_unfold((self, db, Some(Start::First)), |(sheet, db, start)| async move {
            let Some(start) = start else { return Ok(None) };
            let read = sheet.clone();
            let page = db.read(move |conn| read.read(conn, &Portion::chunk(&start))).await?;
            let rest = page.rest();
            Ok(Some((page.rows, (sheet, db, rest))))
        })
    }

    /// The whole list as CSV.
    ///
    /// # Errors
    /// What reading the first portion answers. Later the download can only break off.
    pub async fn as_csv(self, db: Db) -> Result<HttpResponse> {
        let (head, mut response) = (csv::head(&self.columns)?, self.head(Format::Csv));
        let mut lines = Box::pin(self.portions(db).map(|rows| csv::cells(rows?)));
        let first = lines.try_next().await?.unwrap_or_default();
        let beginning = Bytes::from([head, first].concat());
        Ok(response.streaming(once(async { Ok(beginning) }).chain(lines.map_err(ActixError::from))))
    }

    /// The whole list as a workbook; `about` says what it is about, once its rows are counted.
    ///
    /// # Errors
    /// What reading answers; when the disk is full.
    pub async fn as_workbook(
        self,
        db: Db,
        about: impl FnOnce(u64) -> Vec<(String, String)>,
    ) -> Result<HttpResponse> {
        let (mut draft, mut response) = (Draft::begin(Format::Xlsx, &self).await?, self.head(Format::Xlsx));
        let mut portions = pin!(self.portions(db));
        while let Some(rows) = portions.try_next().await? {
            draft = draft.with(rows).await?;
        }
        let about = about(draft.rows());
        let made = draft.finish(about).await?;
        Ok(response.streaming(made.pieces(PIECE).map_err(ActixError::from)))
    }
}
