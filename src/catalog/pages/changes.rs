//! What changed in the price list in the last 30 days, and what is announced for the next.

use actix_web::HttpResponse;
use actix_web::web::Query;
use askama::Template;

use crate::access::permission::SeeCatalog;
use crate::catalog::form::ChangesFilter;
use crate::catalog::model::listed_change::{Flag, ListedChange};
use crate::catalog::store::price_changes::{DAYS, count, page_of};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::currency::Currency;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

#[derive(Template)]
#[template(path = "catalog/changes.html")]
struct ChangesPage {
    shell: Shell,
    filter: ChangesFilter,
    currency: Currency,
    /// Whether the viewer has one currency only, which is a provider.
    is_seller: bool,
    found: Count,
    rows: Vec<ListedChange>,
    pager: Pager,
}

/// `GET /catalog/changes`
pub async fn list(
    ask: Ask<SeeCatalog>,
    Query(filter): Query<ChangesFilter>,
    Query(cursor): Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, portion) = (filter.tidy(), cursor.portion());
    let window = filter.window(ask.by.viewer(), Moment::now().day());
    let (listed, found) = ask
        .read(move |conn, by| {
            let page = page_of(conn, by, window, &portion)?;
            page.with_count(|| count(conn, by, window))
        })
        .await?;
    let pager = Pager::new(&listed, paths::catalog::changes(), &filter);
    let is_seller = super::list::Seller::of(ask.by.viewer()).is_some();
    let (shell, currency, rows) = (ask.shell(), window.currency, listed.rows);
    ask.page(&ChangesPage { shell, filter, currency, is_seller, found, rows, pager })
}
