//! One file: how far it is, and once it is there, the way to it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::export_id;
use crate::access::permission::SeeExports;
use crate::error::Result;
use crate::exports::commands;
use crate::exports::model::{Export, KEPT_HOURS, State};
use crate::exports::said::Said;
use crate::exports::store::row::find;
use crate::jobs;
use crate::jobs::model::Standing;
use crate::language::filters;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::export::Criterion;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "exports/show.html")]
struct ExportPage {
    shell: Shell,
    export: Export,
    state: State,
    /// None once the portal has forgotten the job.
    job: Option<Standing>,
    is_own: bool,
}

/// `GET /exports/{id}`
pub async fn show(ask: Ask<SeeExports>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = export_id(&id)?;
    let (export, job) = ask
        .read(move |conn, by| {
            let export = find(conn, by, &id)?;
            let job = jobs::store::standing_if_known(conn, &export.organisation, &export.job)?;
            Ok((export, job))
        })
        .await?;
    let (state, is_own) = (export.state_at(&Moment::now()), export.is_of(&ask.by.person));
    ask.page(&ExportPage { shell: ask.shell(), export, state, job, is_own })
}

/// `POST /exports/{id}/stop`
pub async fn stop(ask: Ask<SeeExports>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = export_id(&id)?;
    let said = if commands::stop(&ask, &ask.by, id).await? { Said::Stopped } else { Said::Over };
    ask.done(&said, paths::exports::show(&id))
}

impl ExportPage {
    /// How many rows there are so far.
    fn done(&self) -> i64 {
        self.job.as_ref().map_or(0, |job| job.progress.done)
    }

    /// Whether the portal failed at it so far, and tries again later.
    fn is_stuck(&self) -> bool {
        self.job.as_ref().is_some_and(Standing::is_tried_again)
    }

    /// Whether no worker has had it in hand yet: others were asked for before it.
    fn waits_for_its_turn(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.attempts == 0)
    }

    /// The list itself, as it was narrowed.
    fn list(&self) -> Option<String> {
        self.export.place().map(|place| place.list())
    }
}
