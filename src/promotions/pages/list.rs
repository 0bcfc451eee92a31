//! The list of promotions: planned, running and ended.

use actix_web::HttpResponse;
use actix_web::web::Query;
use askama::Template;
use chrono::NaiveDate;

use crate::access::permission::{ExportLists, ManageCatalog, SeeCatalog};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::promotions::form::PromotionFilter;
use crate::promotions::model::Promotion;
use crate::promotions::store::listing::{Selection, page_of};
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "promotions/list.html")]
struct ListPage {
    shell: Shell,
    filter: PromotionFilter,
    rows: Vec<Promotion>,
    pager: Pager,
    may_manage: bool,
    may_export: bool,
    today: NaiveDate,
}

/// `GET /promotions`
pub async fn list(
    ask: Ask<SeeCatalog>,
    Query(filter): Query<PromotionFilter>,
    Query(cursor): Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, portion) = (filter.tidy(), cursor.portion());
    let selection = Selection { stage: filter.stage(), today: Moment::now().day() };
    let found = ask.read(move |conn, by| page_of(conn, by, selection, &portion)).await?;
    ask.page(&ListPage {
        pager: Pager::new(&found, paths::promotions::list(), &filter),
        may_manage: ask.by.may::<ManageCatalog>(),
        may_export: ask.by.may::<ExportLists>(),
        rows: found.rows,
        shell: ask.shell(),
        filter,
        today: selection.today,
    })
}
