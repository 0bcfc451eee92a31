//! The jobs of this area: making a file, and deleting it when it is over.

use std::fs::File;
use std::io::Read as _;
use std::time::Instant;

use anyhow::anyhow;
use futures_util::FutureExt as _;
use tokio::task::spawn_blocking;

use super::store::making::{self, Task};
use super::store::tidying;
use crate::error::{Error, Result};
use crate::jobs::model::Progress;
use crate::jobs::{Kind, Outcome, Run};
use crate::language::Language;
use crate::values::id::ExportId;
use crate::web::export::{About, Draft, Made, pieces};
use crate::web::pager::{Portion, Start};

/// Makes a long list into a file. It is put with the id of the export.
pub const MAKE: Kind = Kind::once("make_export", |run| work(run).boxed());

/// The jobs of this area.
pub const KINDS: &[Kind] = &[MAKE, Kind::hourly("delete_exports", |run| run.in_steps(tidying::tidy))];

async fn work(run: Run) -> Result<Outcome> {
    let (id, site, now) = (run.payload::<ExportId>()?, run.site.clone(), run.now);
    let begun = Instant::now();
    let Some(task) = run.read(move |conn| making::task(conn, &id, &site, now)).await? else {
        // Unless it is made already.
        run.write(move |conn| making::refuse(conn, &id, now)).await?;
        return Ok(Outcome::Done);
    };
    let Some(draft) = gathered(&run, &task).await? else { return Ok(Outcome::Interrupted) };
    let (rows, about) = (draft.rows(), about(&run, &task, draft.rows())?);
    let finished = spawn_blocking(move || draft.finish(&about)).await;
    let Made { file, bytes } = finished.map_err(|error| Error::Internal(error.into()))??;
    if !keep(&run, id, file).await? {
        return Ok(Outcome::Interrupted);
    }
    let (site, size) = (run.site.clone(), (counted(rows), counted(bytes)));
    // It may have taken long, and is kept from its end on.
    let now = now.plus_seconds(counted(begun.elapsed().as_secs()));
    run.write(move |conn| making::finish(conn, &id, &site, size, now)).await?;
    Ok(Outcome::Done)
}

/// The file with all rows; none when the portal stops.
async fn gathered(run: &Run, task: &Task) -> Result<Option<Draft>> {
    let mut draft = Draft::begin(task.export.format, &task.sheet)?;
    let mut start = Some(Start::First);
    while let Some(from) = start {
        if run.is_stopping() {
            return Ok(None);
        }
        let sheet = task.sheet.clone();
        let page = run.read(move |conn| sheet.read(conn, &Portion::chunk(&from))).await?;
        start = page.rest();
        draft.add(page.rows)?;
        run.tell(Progress { done: counted(draft.rows()), total: None });
    }
    Ok(Some(draft))
}

fn about(run: &Run, task: &Task, rows: u64) -> Result<Vec<(String, String)>> {
    let Task { export, by, place, sheet } = task;
    let language = Language::of_tag(&export.language).unwrap_or_default();
    let address = place.list();
    let list = (export.route.as_str(), address.as_str(), sheet.filter.as_slice());
    About::new((by, &run.site), list, rows, (run.now, language)).lines(language)
}

/// Keeps the file piece by piece, and nothing of what an earlier try had kept. Answers `false` when the portal stops.
async fn keep(run: &Run, id: ExportId, mut file: File) -> Result<bool> {
    run.write(move |conn| making::clear(conn, &id)).await?;
    let mut number = 0;
    loop {
        if run.is_stopping() {
            return Ok(false);
        }
        let mut piece = Vec::with_capacity(pieces::SIZE);
        let most = u64::try_from(pieces::SIZE).unwrap_or(u64::MAX);
        let read = file.by_ref().take(most).read_to_end(&mut piece);
        read.map_err(|error| Error::Internal(anyhow!("the file of an export: {error}")))?;
        if piece.is_empty() {
            return Ok(true);
        }
        let body = pieces::written(&piece);
        run.write(move |conn| making::keep(conn, &id, number, &body)).await?;
        number += 1;
    }
}

fn counted(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
