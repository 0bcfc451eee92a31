//! Exports: which long lists were made into files, for whom, and how each stands.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::SeeExports;
use crate::error::Result;
use crate::exports::model::{Export, KEPT_HOURS, LISTED_DAYS, State};
use crate::exports::store::list::{page_of, sees_all};
use crate::language::filters;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::export::Criterion;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "exports/list.html")]
struct ExportListPage {
    shell: Shell,
    rows: Vec<Export>,
    pager: Pager,
    /// Whether those of everybody in the organisation are shown.
    sees_all: bool,
    now: Moment,
}

/// `GET /exports`
pub async fn list(ask: Ask<SeeExports>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let portion = cursor.portion();
    let page = ask.read(move |conn, by| page_of(conn, by, &portion)).await?;
    ask.page(&ExportListPage {
        pager: Pager::new(&page, paths::exports::list(), &()),
        sees_all: sees_all(&ask.by),
        now: Moment::now(),
        rows: page.rows,
        shell: ask.shell(),
    })
}
