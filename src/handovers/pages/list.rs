//! Every handover that somebody of the provider began: whoever left one finds it again.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::HandCustomersOver;
use crate::error::Result;
use crate::handovers::model::Handover;
use crate::handovers::store::list as store;
use crate::language::filters;
use crate::paths;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "handovers/list.html")]
struct HandoverListPage {
    shell: Shell,
    rows: Vec<Handover>,
    pager: Pager,
}

/// `GET /customers/handovers`
pub async fn list(ask: Ask<HandCustomersOver>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let portion = cursor.portion();
    let page = ask.read(move |conn, by| store::page_of(conn, by, &portion)).await?;
    let pager = Pager::new(&page, paths::handovers::list(), &());
    ask.page(&HandoverListPage { shell: ask.shell(), rows: page.rows, pager })
}
