//! A reseller's Subscriptions page: those that name it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::NamedFilter;
use super::super::store::named::{self as store, NamedRow, Selection};
use crate::access::permission::{ExportCustomers, SeeNamedSubscriptions};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "subscriptions/named.html")]
struct NamedListPage {
    shell: Shell,
    filter: NamedFilter,
    rows: Vec<NamedRow>,
    pager: Pager,
    /// Whether a search has looked at a part only.
    has_more_to_search: bool,
    may_export: bool,
    /// Whether the page lies behind the last subscription.
    is_beyond: bool,
}

/// `GET /subscriptions`
pub async fn list(
    ask: Ask<SeeNamedSubscriptions>,
    web::Query(filter): web::Query<NamedFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let filter = filter.tidy();
    let (selection, portion) = (selection(&filter), cursor.portion());
    let is_beyond = !portion.is_first();
    let found = ask.read(move |conn, by| store::page_of(conn, by, &selection, &portion)).await?;
    ask.page(&NamedListPage {
        pager: Pager::new(&found.page, paths::subscriptions::list(), &filter),
        may_export: ask.by.may::<ExportCustomers>(),
        is_beyond,
        rows: found.page.rows,
        has_more_to_search: found.has_more_to_search,
        shell: ask.shell(),
        filter,
    })
}

fn selection(filter: &NamedFilter) -> Selection {
    Selection { search: filter.search.clone(), of_others: filter.is_of_others(), today: Moment::now().day() }
}
