//! Enrollments: what waits for the operator, and what became of the others.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::DecideEnrolments;
use crate::enrolment::form::ListFilter;
use crate::enrolment::model::{Enrolment, State};
use crate::enrolment::store::list::{count, page_of};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::country::Country;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "enrolment/list.html")]
struct ListPage {
    shell: Shell,
    state: State,
    rows: Vec<Enrolment>,
    pager: Pager,
    waiting: Count,
}

/// `GET /operator/enrolments`
pub async fn list(
    ask: Ask<DecideEnrolments>,
    web::Query(filter): web::Query<ListFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (state, portion) = (filter.state(), cursor.portion());
    let (listed, waiting) = ask
        .read(move |conn, by| Ok((page_of(conn, by, state, &portion)?, count(conn, by, State::Waiting)?)))
        .await?;
    let filter = ListFilter { state: state.as_text().to_owned() };
    let pager = Pager::new(&listed, paths::enrolment::list(), &filter);
    ask.page(&ListPage { shell: ask.shell(), state, rows: listed.rows, pager, waiting })
}

impl ListPage {
    fn country(&self, row: &Enrolment) -> Option<Country> {
        Country::parse(&row.country).ok()
    }
}
