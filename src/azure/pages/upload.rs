//! Uploading a file of usage: what it would do is shown first, row by row. The file stays on the server meanwhile.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use crate::access::permission::UploadUsage;
use crate::azure::model::column::{Column, LIMITS, Sheet};
use crate::azure::model::plan::{Plan, PlannedRow, Verdict};
use crate::azure::said::Said;
use crate::azure::store::files::{self, Applied};
use crate::azure::store::importing::plan;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::previews::model::{Counts, View};
use crate::previews::store::Upload;
use crate::sheets::{Origin, Unreadable};
use crate::values::currency::Currency;
use crate::values::id::UploadId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::web::export::{Format, attachment};
use crate::web::pager::Pager;
use crate::web::sent::Sent;
use crate::web::{Ask, Shell, csv, see_other};

const SAMPLE: &str = "usage-sample.csv";

#[derive(Template)]
#[template(path = "azure/upload.html")]
struct UploadPage {
    shell: Shell,
    /// In which costs are.
    currency: Currency,
    text: String,
    problem: Option<Unreadable>,
}

#[derive(Template)]
#[template(path = "azure/preview.html")]
struct PreviewPage {
    shell: Shell,
    upload: Upload,
    counts: Counts,
    /// By how much more is spent once it is applied.
    difference: Money,
    origin: Origin,
    unknown: Vec<String>,
    rows: Vec<PlannedRow>,
    mark: String,
    view: View,
    pager: Pager,
    /// What is known changed after the preview that was applied.
    is_overtaken: bool,
}

#[derive(Deserialize)]
pub struct Mark {
    mark: String,
}

/// `GET /azure-spending/usage`
pub async fn new(ask: Ask<UploadUsage>) -> Result<HttpResponse> {
    ask.page(&UploadPage::of(&ask, String::new(), None))
}

/// `POST /azure-spending/usage`: a file, or its text.
pub async fn create(ask: Ask<UploadUsage>, parts: Multipart) -> Result<HttpResponse> {
    let sent = Sent::read(parts, LIMITS.bytes).await?;
    match sent.sheet(LIMITS.from_country(ask.by.organisation.country)).await? {
        Ok(sheet) => keep(&ask, sent.file_name, sheet).await,
        Err(problem) => ask.unprocessable(&UploadPage::of(&ask, sent.pasted(), Some(problem))),
    }
}

async fn keep(ask: &Ask<UploadUsage>, file_name: String, sheet: Sheet) -> Result<HttpResponse> {
    let (id, now) = (UploadId::new(), Moment::now());
    let (kept, body) = (id, sheet.kept());
    ask.write(move |conn, by| files::keep(conn, by, &kept, (&file_name, &body), now)).await?;
    Ok(see_other(paths::azure::preview(&id)))
}

/// `GET /azure-spending/usage/sample`: the columns, and a day of a customer as an example.
pub async fn sample(ask: Ask<UploadUsage>) -> Result<HttpResponse> {
    let heads: Vec<&str> = Column::ALL.into_iter().map(Column::head).collect();
    let (today, currency) = (Moment::now().day().to_string(), ask.by.organisation.currency);
    let domain = format!("examplecompany.{}", ask.site.domain_suffix);
    let row = |service: &str, meter: &str, [quantity, unit, cost]: [&str; 3]| {
        let cells = [&domain, "", "", &today, service, meter, quantity, unit, cost, currency.code()];
        cells.map(str::to_owned).to_vec()
    };
    let rows = csv::rows([
        row("Virtual Machines", "D2s v3", ["24", "1 Hour", "2.304"]),
        row("Storage", "Hot LRS Data Stored", ["1.5", "1 GB/Month", "0.0276"]),
    ])?;
    let file = [csv::head(&heads)?, rows].concat();
    Ok(attachment(Format::Csv.content_type(), SAMPLE).body(file))
}

/// `GET /azure-spending/usage/{id}`: what the file would do now.
pub async fn show(
    ask: Ask<UploadUsage>,
    id: web::Path<UploadId>,
    web::Query(view): web::Query<View>,
) -> Result<HttpResponse> {
    ask.page(&PreviewPage::of(&ask, *id, view).await?)
}

/// `POST /azure-spending/usage/{id}`
pub async fn apply(
    ask: Ask<UploadUsage>,
    id: web::Path<UploadId>,
    web::Form(Mark { mark }): web::Form<Mark>,
) -> Result<HttpResponse> {
    let (sent, now) = (*id, Moment::now());
    let said = match ask.write(move |conn, by| files::apply(conn, by, (&sent, &mark), now)).await? {
        Applied::Now => Said::Applied,
        Applied::Before => Said::AppliedBefore,
        Applied::Overtaken => {
            let again = PreviewPage::of(&ask, *id, View::default()).await?;
            return ask.with_status(StatusCode::CONFLICT, &PreviewPage { is_overtaken: true, ..again });
        }
    };
    ask.done(&said, paths::azure::preview(&id))
}

impl UploadPage {
    fn of(ask: &Ask<UploadUsage>, text: String, problem: Option<Unreadable>) -> Self {
        Self { shell: ask.shell(), currency: ask.by.organisation.currency, text, problem }
    }
}

impl PreviewPage {
    async fn of(ask: &Ask<UploadUsage>, id: UploadId, view: View) -> Result<Self> {
        let (path, now) = (paths::azure::preview(&id), Moment::now());
        let (upload, origin, plan) = ask
            .read(move |conn, by| {
                let (upload, sheet) = files::find(conn, by, &id, now)?;
                let plan = plan(conn, by, &sheet, now)?;
                Ok((upload, sheet.head.origin, plan))
            })
            .await?;
        let (counts, mark) = (plan.counts(), plan.mark());
        let difference = plan.difference().money(ask.by.organisation.currency);
        let Plan { rows, unknown } = plan;
        let (rows, pager) = view.page(&path, rows);
        let (shell, is_overtaken) = (ask.shell(), false);
        Ok(Self { shell, upload, counts, difference, origin, unknown, rows, mark, view, pager, is_overtaken })
    }

    /// By how much less is spent, where it is less.
    fn saving(&self) -> Option<Money> {
        let saving = Money::new(0, self.difference.currency).minus(self.difference);
        (saving.minor > 0).then_some(saving)
    }

    /// The same preview with other rows.
    fn showing(&self, show: &str) -> String {
        View::showing(&paths::azure::preview(&self.upload.id), show)
    }
}
