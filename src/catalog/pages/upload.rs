//! Uploading a file of offers: what it would do is shown first, row by row. The file stays on the server meanwhile.

use actix_multipart::Multipart;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, web};
use askama::Template;
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};

use crate::access::permission::ManageCatalog;
use crate::catalog::model::plan::{Counts, Plan, PlannedRow, Verdict};
use crate::catalog::model::sheet::{LARGEST, MOST_ROWS, Sheet, Unreadable};
use crate::catalog::said::Said;
use crate::catalog::sample as shipped;
use crate::catalog::store::import::plan;
use crate::catalog::store::uploads::{self, Applied, Upload};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths::{self, address};
use crate::values::id::UploadId;
use crate::values::moment::Moment;
use crate::values::name;
use crate::values::typed::printable;
use crate::web::pager::Pager;
use crate::web::{Ask, Shell, see_other};

/// What is read of a form beyond its file: boundaries, heads, a text that turns out too large.
const ROOM: usize = LARGEST * 3;
/// Rows on a page of the preview.
const ROWS: usize = 100;
/// The longest name of a file that is kept.
const FILE_NAME: usize = 150;

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
    unknown: Vec<String>,
    missing: Vec<String>,
    rows: Vec<PlannedRow>,
    mark: String,
    view: View,
    pager: Pager,
    /// The catalogue changed after the preview that was applied.
    is_overtaken: bool,
}

/// Which rows of the preview are shown.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct View {
    pub show: String,
    /// Rows after this line.
    #[serde(skip_serializing)]
    pub line: String,
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
    let sent = Sent::read(parts).await?;
    match Sheet::read(&sent.bytes) {
        Ok(_) => keep(&ask, sent).await,
        Err(problem) => {
            // A text is shown again; a file has to be chosen again, which browsers see to.
            let text =
                if sent.is_file { String::new() } else { printable(&String::from_utf8_lossy(&sent.bytes)) };
            ask.unprocessable(&UploadPage { shell: ask.shell(), text, problem: Some(problem) })
        }
    }
}

/// `GET /catalog/sample`: the sample catalogue as a file.
pub async fn sample(_ask: Ask<ManageCatalog>) -> HttpResponse {
    let name = format!("attachment; filename=\"{}\"", shipped::FILE_NAME);
    HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(shipped::FILE)
}

/// `POST /catalog/sample`: the same as uploading it.
pub async fn take_sample(ask: Ask<ManageCatalog>) -> Result<HttpResponse> {
    let bytes = shipped::FILE.as_bytes().to_vec();
    keep(&ask, Sent { bytes, file_name: shipped::FILE_NAME.to_owned(), is_file: true }).await
}

async fn keep(ask: &Ask<ManageCatalog>, sent: Sent) -> Result<HttpResponse> {
    let body = String::from_utf8(sent.bytes).map_err(|_| Error::BadRequest("text"))?;
    let (id, now) = (UploadId::new(), Moment::now());
    let (kept, file_name) = (id, sent.file_name);
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
        let (upload, plan) = ask
            .read(move |conn, by| {
                let upload = uploads::find(conn, by, &id, now)?;
                let plan = plan(conn, &upload.sheet())?;
                Ok((upload, plan))
            })
            .await?;
        let (counts, mark) = (plan.counts(), plan.mark());
        let Plan { rows, unknown, missing } = plan;
        let missing = missing.iter().map(|column| column.head()).collect();
        let after: u64 = view.line.parse().unwrap_or(0);
        let wanted = rows.into_iter().filter(|row| row.line > after && view.shows(row));
        let mut rows: Vec<PlannedRow> = wanted.take(ROWS + 1).collect();
        let has_more = rows.len() > ROWS;
        rows.truncate(ROWS);
        let next = rows.last().filter(|_| has_more);
        let next = next.map(|last| address(&path, &view, &[("line", &last.line.to_string())]));
        let previous = (after > 0).then(|| address(&path, &view, &[]));
        let pager = Pager::by_hand(previous, next);
        let (shell, is_overtaken) = (ask.shell(), false);
        Ok(Self { shell, upload, counts, unknown, missing, rows, mark, view, pager, is_overtaken })
    }

    /// The same preview with other rows.
    fn showing(&self, show: &str) -> String {
        let view = View { show: show.to_owned(), line: String::new() };
        address(paths::catalog::preview(&self.upload.id), &view, &[])
    }

    fn all(&self) -> usize {
        self.counts.new + self.counts.changed + self.counts.same + self.counts.refused
    }
}

impl View {
    fn shows(&self, row: &PlannedRow) -> bool {
        let key = match row.verdict {
            Verdict::New(_) => "new",
            Verdict::Changed(_) => "changed",
            Verdict::Same => "same",
            Verdict::Refused(_) => "refused",
        };
        self.show.is_empty() || self.show == key
    }
}

/// A file as it was sent.
struct Sent {
    bytes: Vec<u8>,
    file_name: String,
    is_file: bool,
}

impl Sent {
    /// The file if one was chosen, the text if not. No more is kept than a file may have and one byte.
    async fn read(mut parts: Multipart) -> Result<Self> {
        let refused = |_| Error::BadRequest("multipart");
        let (mut file, mut text) = (None, Vec::new());
        let mut read = 0;
        while let Some(mut part) = parts.try_next().await.map_err(refused)? {
            let name = part.name().unwrap_or_default().to_owned();
            let disposition = part.content_disposition();
            let file_name = disposition.and_then(|how| how.get_filename()).unwrap_or_default().to_owned();
            let mut bytes = Vec::new();
            while let Some(chunk) = part.try_next().await.map_err(refused)? {
                read += chunk.len();
                if read > ROOM {
                    return Err(Error::BadRequest("too large"));
                }
                bytes.extend_from_slice(&chunk);
                bytes.truncate(LARGEST + 1);
            }
            match name.as_str() {
                "file" if !bytes.is_empty() => file = Some((bytes, file_name)),
                "text" => text = bytes,
                _ => {}
            }
        }
        let is_file = file.is_some();
        let (bytes, file_name) = file.unwrap_or((text, String::new()));
        let file_name = name::optional(&file_name, usize::MAX).unwrap_or_default();
        let file_name = file_name.chars().take(FILE_NAME).collect();
        Ok(Self { bytes, file_name, is_file })
    }
}
