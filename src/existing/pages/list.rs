//! Which files of customers were sent.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::SeeDrafts;
use crate::batches::model::Batch;
use crate::batches::store::list;
use crate::error::Result;
use crate::existing::store::OfCustomers;
use crate::language::filters;
use crate::paths;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "existing/list.html")]
struct FilesPage {
    shell: Shell,
    rows: Vec<Batch>,
    pager: Pager,
}

/// `GET /existing-customers`
pub async fn list(ask: Ask<SeeDrafts>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    let portion = cursor.portion();
    let (_, page) = ask.read(move |conn, by| list::page_of::<OfCustomers>(conn, by, None, &portion)).await?;
    let pager = Pager::new(&page, paths::existing::list(), &());
    ask.page(&FilesPage { shell: ask.shell(), rows: page.rows, pager })
}
