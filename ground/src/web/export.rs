//! Lists as files: read portion by portion while they are sent, so that no more than one is ever in memory.

use std::sync::Arc;

use actix_web::web::Bytes;
use actix_web::{Error as ActixError, HttpResponse};
use futures_util::StreamExt as _;
use futures_util::stream::{once, try_unfold};

use super::ask::Asked;
use super::csv;
use super::pager::{Page, Portion, Start};
use crate::db::{Connection, Db};
use crate::error::Result;

/// How a file is called and what stands above its columns; whoever reads it relies on them.
pub struct File<'a> {
    pub name: &'a str,
    pub columns: &'a [&'a str],
}

impl<By: Clone + Send + Sync + 'static> Asked<By> {
    /// The whole of a list: `read` answers portions of it, and `cells` what stands in the columns for a row.
    ///
    /// # Errors
    /// What reading the first portion answers. Later the download can only break off.
    pub async fn export<Row, Read, Cells>(
        &self,
        file: File<'_>,
        read: Read,
        cells: Cells,
    ) -> Result<HttpResponse>
    where
        Row: Send + 'static,
        Read: Fn(&mut Connection, &By, &Portion) -> Result<Page<Row>> + Send + Sync + 'static,
        Cells: Fn(Row) -> Result<Vec<String>> + 'static,
    {
        let walk = Walk { db: self.db.clone(), by: self.by.clone(), read: Arc::new(read), cells };
        let (first, rest) = walk.part(&Start::First).await?;
        let beginning = [csv::head(file.columns)?, first].concat();
        let parts = try_unfold((walk, rest), |(walk, start)| async move {
            let Some(start) = start else { return Ok(None) };
            let (bytes, rest) = walk.part(&start).await?;
            Ok::<_, ActixError>(Some((bytes, (walk, rest))))
        });
        Ok(csv::download(file.name, once(async { Ok(Bytes::from(beginning)) }).chain(parts)))
    }
}

/// A walk through a list.
struct Walk<By, Read, Cells> {
    db: Db,
    by: By,
    read: Arc<Read>,
    cells: Cells,
}

impl<By: Clone + Send + 'static, Read, Cells> Walk<By, Read, Cells> {
    /// The lines of a portion, and where the next one starts.
    async fn part<Row>(&self, start: &Start) -> Result<(Bytes, Option<Start>)>
    where
        Row: Send + 'static,
        Read: Fn(&mut Connection, &By, &Portion) -> Result<Page<Row>> + Send + Sync + 'static,
        Cells: Fn(Row) -> Result<Vec<String>>,
    {
        let (by, read, portion) = (self.by.clone(), Arc::clone(&self.read), Portion::chunk(start));
        let page = self.db.read(move |conn| read(conn, &by, &portion)).await?;
        let rest = page.rest();
        let lines = page.rows.into_iter().map(&self.cells).collect::<Result<Vec<_>>>()?;
        Ok((csv::rows(lines)?, rest))
    }
}
