//! The Activity log page and its export.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::form::Filter;
use super::model::{Action, Change, Outcome, Record};
use super::rows::Rows;
use super::store;
use crate::access::Allowed;
use crate::access::permission::{ExportLists, SeeActivity};
use crate::error::{Error, Result};
use crate::language::{Language, filters};
use crate::mail::text::rendered;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::export::File;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Problems, Shell};

const COLUMNS: [&str; 11] = [
    "Date-Time",
    "Affected customer",
    "Customer ID",
    "Action",
    "Subject",
    "Subject ID",
    "Details",
    "Partner user",
    "Organization",
    "Status",
    "Record ID",
];

#[derive(Template)]
#[template(path = "activity/list.html")]
struct ActivityPage {
    shell: Shell,
    filter: Filter,
    problems: Problems,
    /// The name of the one customer whose records are shown.
    customer: Option<String>,
    action: Option<Action>,
    rows: Vec<Record>,
    pager: Pager,
}

/// `GET /activity`
pub async fn list(
    ask: Ask<SeeActivity>,
    web::Query(filter): web::Query<Filter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let mut list = ActivityPage::of(ask.shell(), filter.or_most_recent_month(today(&ask.by)));
    let customer = list.filter.customer()?;
    match list.filter.parse(customer, ask.by.zone) {
        Ok(query) => {
            let portion = cursor.portion();
            list.action = query.action;
            let (found, customer) = ask
                .read(move |conn, by| {
                    let found = store::page_of(conn, by, &query, &portion)?;
                    let customer = query.customer.map(|id| {
                        Ok::<_, Error>(store::customer_name(conn, by, &id)?.unwrap_or_else(|| id.to_string()))
                    });
                    Ok((found, customer.transpose()?))
                })
                .await?;
            let pager = Pager::new(&found, paths::activity::list(), &list.filter);
            ask.page(&ActivityPage { rows: found.rows, customer, pager, ..list })
        }
        Err(problems) => ask.unprocessable(&ActivityPage { problems, ..list }),
    }
}

/// `GET /activity/export`
pub async fn export(
    ask: Ask<SeeActivity>,
    _export: Allowed<ExportLists>,
    web::Query(filter): web::Query<Filter>,
) -> Result<HttpResponse> {
    let filter = filter.or_most_recent_month(today(&ask.by));
    let query = filter.parse(filter.customer()?, ask.by.zone);
    let query = query.map_err(|_| Error::BadRequest("the filter of the export cannot be read"))?;
    let file_name = format!("activity-{}-{}.csv", filter.from.trim(), filter.to.trim());
    let file = File { name: &file_name, columns: &COLUMNS };
    ask.export(file, move |conn, by, portion| store::page_of(conn, by, &query, portion), cells).await
}

/// Times are in UTC, so that files of several people agree.
fn cells(record: Record) -> Result<Vec<String>> {
    let (customer_id, customer) = match &record.customer {
        Some((id, name)) => (id.to_string(), name.clone()),
        None => Default::default(),
    };
    Ok(vec![
        record.occurred_at.iso(),
        customer,
        customer_id,
        rendered(Language::ENGLISH, &ActionWords { action: record.action })?,
        record.subject_name.clone(),
        record.subject_id.clone(),
        rendered(Language::ENGLISH, &ChangesWords { changes: &record.changes })?,
        record.person.0.clone(),
        record.person.1.clone(),
        rendered(Language::ENGLISH, &OutcomeWords { outcome: record.outcome })?,
        record.id.to_string(),
    ])
}

#[derive(Template)]
#[template(path = "activity/action.txt")]
struct ActionWords {
    action: Action,
}

#[derive(Template)]
#[template(path = "activity/changes.txt")]
struct ChangesWords<'a> {
    changes: &'a [Change],
}

#[derive(Template)]
#[template(path = "activity/outcome.txt")]
struct OutcomeWords {
    outcome: Outcome,
}

fn today(by: &Allowed<SeeActivity>) -> chrono::NaiveDate {
    Moment::now().at(by.zone).date_naive()
}

impl ActivityPage {
    /// The page before anything was read.
    fn of(shell: Shell, filter: Filter) -> Self {
        Self {
            shell,
            filter,
            problems: Problems::default(),
            customer: None,
            action: None,
            rows: Vec::new(),
            pager: Pager::default(),
        }
    }

    /// What one may look for, in the order of what the reader calls it.
    fn actions(&self) -> Vec<Action> {
        let language = self.shell.language;
        language
            .sorted(Action::ALL.iter().copied(), |action| language.write(&ActionWords { action: *action }))
    }

    /// The table of what was found.
    fn table(&self) -> Rows<'_> {
        Rows::of_log(&self.shell, &self.rows, &self.filter)
    }
}
