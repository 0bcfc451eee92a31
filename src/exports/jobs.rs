//! The jobs of this area: making a file, and deleting it when it is over.

use std::pin::pin;
use std::time::Instant;

use futures_util::{FutureExt as _, TryStreamExt as _};

use super::store::making::{self, Task};
use super::store::{closing, pieces, tidying};
use crate::error::Result;
use crate::jobs::model::Progress;
use crate::jobs::{Kind, Outcome, Run};
use crate::language::Language;
use crate::values::id::ExportId;
use crate::web::export::{About, Draft, Made};

/// Makes a long list into a file. It is put with the id of the export.
pub const MAKE: Kind = Kind::once("make_export", |run| work(run).boxed()).or(closing::give_up);

/// The jobs of this area.
pub const KINDS: &[Kind] = &[MAKE, Kind::hourly("delete_exports", |run| tidied(run).boxed())];

async fn work(run: Run) -> Result<Outcome> {
    let (id, site, now) = (run.payload::<ExportId>()?, run.site.clone(), run.now);
    let begun = Instant::now();
    let Some(task) = run.read(move |conn| making::task(conn, &id, &site, now)).await? else {
        // Unless it is made already, or stopped.
        let site = run.site.clone();
        run.write(move |conn| closing::refuse(conn, &id, &site, now)).await?;
        return Ok(Outcome::Done);
    };
    let draft = match gathered(&run, &task).await? {
        Ok(draft) => draft,
        Err(outcome) => return Ok(outcome),
    };
    let (rows, about) = (draft.rows(), about(&run, &task, draft.rows()));
    let made = draft.finish(about).await?;
    let (site, size) = (run.site.clone(), (counted(rows), counted(made.bytes)));
    if let Err(outcome) = keep(&run, id, made).await? {
        return Ok(outcome);
    }
    // It may have taken long, and is kept from its end on.
    let ended = now.plus_seconds(counted(begun.elapsed().as_secs()));
    let is_whole = run.write(move |conn| making::finish(conn, &id, &site, size, (now, ended))).await?;
    // Otherwise it is made anew, of what is left.
    Ok(if is_whole { Outcome::Done } else { Outcome::Interrupted })
}

/// The file with all rows, or how the job ends before it has them: when the portal stops, or nobody waits for it any
/// more.
async fn gathered(run: &Run, task: &Task) -> Result<Result<Draft, Outcome>> {
    let (sheet, id) = (task.sheet.clone(), task.export.id);
    let mut draft = Draft::begin(task.export.format, &sheet).await?;
    let mut portions = pin!(sheet.portions(run.db().clone()));
    while let Some(rows) = portions.try_next().await? {
        draft = draft.with(rows).await?;
        run.tell(Progress { done: counted(draft.rows()), total: None });
        if run.is_stopping() {
            return Ok(Err(Outcome::Interrupted));
        }
        if !run.read(move |conn| making::is_wanted(conn, &id)).await? {
            return Ok(Err(Outcome::Done));
        }
    }
    Ok(Ok(draft))
}

fn about(run: &Run, task: &Task, rows: u64) -> Vec<(String, String)> {
    let Task { export, by, sheet } = task;
    let language = Language::of_tag(&export.language).unwrap_or_default();
    let address = export.place().map(|place| place.list()).unwrap_or_default();
    let list = (export.route.as_str(), address.as_str(), sheet.filter.as_slice());
    About::new((by, &run.site), list, rows, run.now).lines(language)
}

/// Keeps the file piece by piece, and nothing of what an earlier try had kept; or says how the job ends before that.
async fn keep(run: &Run, id: ExportId, made: Made) -> Result<Result<(), Outcome>> {
    while run.write(move |conn| pieces::clear_some(conn, &id)).await? > 0 {}
    let mut all = pin!(made.pieces(pieces::SIZE));
    let mut number = 0;
    while let Some(piece) = all.try_next().await? {
        if run.is_stopping() {
            return Ok(Err(Outcome::Interrupted));
        }
        let written = pieces::written(&piece);
        if !run.write(move |conn| making::keep(conn, &id, number, &written)).await? {
            return Ok(Err(Outcome::Done));
        }
        number += 1;
    }
    Ok(Ok(()))
}

async fn tidied(run: Run) -> Result<Outcome> {
    let (site, now) = (run.site.clone(), run.now);
    run.write(move |conn| tidying::give_up_stranded(conn, &site, now)).await?;
    run.in_steps(tidying::tidy).await
}

fn counted(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
