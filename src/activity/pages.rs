//! The Activity log page.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::exports::ActionWords;
use super::form::Filter;
use super::model::{Action, Record};
use super::rows::Rows;
use super::store;
use crate::access::Allowed;
use crate::access::permission::SeeActivity;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Problems, Shell};

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
