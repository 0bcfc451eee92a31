//! Uploading a file of offers: what it would do is shown first, row by row. The file stays on the server meanwhile.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::access::permission::ManageCatalog;
use crate::catalog::model::plan::{Plan, PlannedRow, Verdict};
use crate::catalog::model::sheet::{LIMITS, Sheet};
use crate::catalog::said::Said;
use crate::catalog::sample as shipped;
use crate::catalog::store::import::plan;
use crate::catalog::store::uploads::{self, Applied};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::previews::model::{Counts, View};
use crate::previews::store::Upload;
use crate::sheets::{Origin, Unreadable};
use crate::values::id::UploadId;
use crate::values::moment::Moment;
use crate::web::export::{Format, attachment};
use crate::web::pager::Pager;
use crate::web::sent::Sent;
use crate::web::{Ask, Shell, see_other};

#[derive(Template)]
#[template(path = "catalog/upload.html")]
struct UploadPage {
    shell: Shell,
    text: String,
    problem: Option<Unreadable>,
}

#[derive(Template)]
#[template(path = "catalog/preview.html")]
struct PreviewPage {
    shell: Shell,
    upload: Upload,
    counts: Counts,
    origin: Origin,
    unknown: Vec<String>,
    missing: Vec<String>,
    rows: Vec<PlannedRow>,
    mark: String,
    view: View,
    pager: Pager,
    /// The catalogue changed after the preview that was applied.
    is_overtaken: bool,
}

#[derive(Deserialize)]
pub struct Mark {
    mark: String,
}

/// `GET /catalog/upload`
pub async fn new(ask: Ask<ManageCatalog>) -> Result<HttpResponse> {
    ask.page(&UploadPage { shell: ask.shell(), text: String::new(), problem: None })
}

/// `POST /catalog/upload`: a file, or its text.
pub async fn create(ask: Ask<ManageCatalog>, parts: Multipart) -> Result<HttpResponse> {
    let sent = Sent::read(parts, LIMITS.bytes).await?;
    match sent.sheet(LIMITS.from_country(ask.by.organisation.country)).await? {
        Ok(sheet) => keep(&ask, sent.file_name, sheet).await,
        Err(problem) => {
            let text = sent.pasted();
            ask.unprocessable(&UploadPage { shell: ask.shell(), text, problem: Some(problem) })
        }
    }
}

/// `GET /catalog/sample`: the sample catalogue as a file.
pub async fn sample(_ask: Ask<ManageCatalog>) -> HttpResponse {
    attachment(Format::Csv.content_type(), shipped::FILE_NAME).body(shipped::FILE)
}

/// `POST /catalog/sample`: the same as uploading it.
pub async fn take_sample(ask: Ask<ManageCatalog>) -> Result<HttpResponse> {
    let sheet = shipped::sheet().map_err(|error| Error::Internal(error.into()))?;
    keep(&ask, shipped::FILE_NAME.to_owned(), sheet).await
}

async fn keep(ask: &Ask<ManageCatalog>, file_name: String, sheet: Sheet) -> Result<HttpResponse> {
    let (id, now) = (UploadId::new(), Moment::now());
    let (kept, body) = (id, sheet.kept());
    ask.write(move |conn, by| uploads::keep(conn, by, &kept, (&file_name, &body), now)).await?;
    Ok(see_other(paths::catalog::preview(&id)))
}

/// `GET /catalog/uploads/{id}`: what the file would do now.
pub async fn show(
    ask: Ask<ManageCatalog>,
    id: web::Path<String>,
    web::Query(view): web::Query<View>,
) -> Result<HttpResponse> {
    let id = UploadId::parse(&id).ok_or(Error::NotFound)?;
    ask.page(&PreviewPage::of(&ask, id, view).await?)
}

/// `POST /catalog/uploads/{id}`
pub async fn apply(
    ask: Ask<ManageCatalog>,
    id: web::Path<String>,
    web::Form(Mark { mark }): web::Form<Mark>,
) -> Result<HttpResponse> {
    let id = UploadId::parse(&id).ok_or(Error::NotFound)?;
    let (sent, now) = (id, Moment::now());
    let said = match ask.write(move |conn, by| uploads::apply(conn, by, &sent, &mark, now)).await? {
        Applied::Now(_) => Said::Imported,
        Applied::Before => Said::ImportedBefore,
        Applied::Overtaken => {
            let again = PreviewPage::of(&ask, id, View::default()).await?;
            return ask.with_status(StatusCode::CONFLICT, &PreviewPage { is_overtaken: true, ..again });
        }
    };
    ask.done(&said, paths::catalog::preview(&id))
}

impl PreviewPage {
    async fn of(ask: &Ask<ManageCatalog>, id: UploadId, view: View) -> Result<Self> {
        let path = paths::catalog::preview(&id);
        let now = Moment::now();
        let (upload, origin, plan) = ask
            .read(move |conn, by| {
                let (upload, sheet) = uploads::find(conn, by, &id, now)?;
                let plan = plan(conn, &sheet, now)?;
                Ok((upload, sheet.head.origin, plan))
            })
            .await?;
        let (counts, mark) = (plan.counts(), plan.mark());
        let Plan { rows, unknown, missing } = plan;
        let missing = missing.iter().map(|column| column.head()).collect();
        let (rows, pager) = view.page(&path, rows);
        let (shell, is_overtaken) = (ask.shell(), false);
        Ok(Self { shell, upload, counts, origin, unknown, missing, rows, mark, view, pager, is_overtaken })
    }

    /// The same preview with other rows.
    fn showing(&self, show: &str) -> String {
        View::showing(&paths::catalog::preview(&self.upload.id), show)
    }
}
