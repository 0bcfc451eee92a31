//! Special qualifications: what waits for the operator, and what became of the others.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::DecideQualifications;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::qualifications::form::ListFilter;
use crate::qualifications::model::State;
use crate::qualifications::store::list::{Listed, count, page_of};
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "qualifications/list.html")]
struct ListPage {
    shell: Shell,
    state: State,
    rows: Vec<Listed>,
    pager: Pager,
    waiting: Count,
}

/// `GET /operator/qualifications`
pub async fn list(
    ask: Ask<DecideQualifications>,
    web::Query(filter): web::Query<ListFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (state, portion) = (filter.state(), cursor.portion());
    let (listed, waiting) = ask
        .read(move |conn, by| Ok((page_of(conn, by, state, &portion)?, count(conn, by, State::InReview)?)))
        .await?;
    let filter = ListFilter { state: state.as_text().to_owned() };
    let pager = Pager::new(&listed, paths::qualifications::list(), &filter);
    ask.page(&ListPage { shell: ask.shell(), state, rows: listed.rows, pager, waiting })
}
