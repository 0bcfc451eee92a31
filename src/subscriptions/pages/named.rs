//! A reseller's Subscriptions page: those that name it, and their export.

use actix_web::{HttpResponse, web};
use askama::Template;
use futures_util::stream;

use super::super::form::NamedFilter;
use super::super::store::named::{self as store, Found, NamedRow, Selection};
use crate::access::Allowed;
use crate::access::permission::{ExportCustomers, SeeNamedSubscriptions};
use crate::db::Db;
use crate::error::Result;
use crate::language::filters;
use crate::paths::{self, address};
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager, Start};
use crate::web::{Ask, Shell, csv};

/// The columns of the export; whoever reads it relies on them.
const COLUMNS: [&str; 9] = [
    "Subscription ID",
    "Subscription",
    "Nickname",
    "Customer",
    "Primary domain name",
    "Country/region",
    "Quantity",
    "Status",
    "Reseller",
];

#[derive(Template)]
#[template(path = "subscriptions/named.html")]
struct NamedListPage {
    shell: Shell,
    filter: NamedFilter,
    found: Found,
    pager: Pager,
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
    let (selection, start) = (selection(&filter), cursor.start());
    let is_beyond = start != Start::First;
    let found = ask.read(move |conn, by| store::page_of(conn, by, &selection, &start)).await?;
    ask.page(&NamedListPage {
        pager: Pager::new(&found.page, paths::subscriptions::list(), &filter),
        may_export: ask.by.may::<ExportCustomers>(),
        is_beyond,
        found,
        shell: ask.shell(),
        filter,
    })
}

/// `GET /subscriptions/export`
pub async fn export(
    ask: Ask<SeeNamedSubscriptions>,
    _export: Allowed<ExportCustomers>,
    web::Query(filter): web::Query<NamedFilter>,
) -> Result<HttpResponse> {
    let (db, by, selection) = (ask.db.clone(), ask.by, selection(&filter.tidy()));
    let head = stream::once(async { Ok::<_, actix_web::Error>(csv::head(&COLUMNS)?) });
    let chunks = stream::try_unfold(Some(Start::First), move |start| {
        next_chunk(db.clone(), by.clone(), selection.clone(), start)
    });
    Ok(csv::download("subscriptions.csv", stream::StreamExt::chain(head, chunks)))
}

async fn next_chunk(
    db: Db,
    by: Allowed<SeeNamedSubscriptions>,
    selection: Selection,
    start: Option<Start>,
) -> Result<Option<(web::Bytes, Option<Start>)>, actix_web::Error> {
    let Some(start) = start else { return Ok(None) };
    let (rows, next) = db.read(move |conn| store::chunk(conn, &by, &selection, &start)).await?;
    Ok(Some((csv::rows(rows.into_iter().map(cells))?, next)))
}

fn cells(row: NamedRow) -> Vec<String> {
    let (subscription, customer) = (row.subscription, row.customer);
    vec![
        subscription.id.to_string(),
        subscription.offer_name.clone(),
        subscription.own_nickname().to_owned(),
        customer.company_name,
        customer.domain,
        customer.country.name().to_owned(),
        subscription.quantity.get().to_string(),
        row.standing.as_text().to_owned(),
        subscription.mpn_id().to_owned(),
    ]
}

fn selection(filter: &NamedFilter) -> Selection {
    Selection { search: filter.search.clone(), of_others: filter.is_of_others(), today: Moment::now().day() }
}

impl NamedListPage {
    fn export(&self) -> String {
        address(paths::subscriptions::export(), &self.filter, &[])
    }

    fn without_search(&self) -> String {
        address(paths::subscriptions::list(), &self.filter.without_search(), &[])
    }

    fn of_all(&self) -> String {
        address(paths::subscriptions::list(), &self.filter.of_all(), &[])
    }

    fn first_page(&self) -> String {
        address(paths::subscriptions::list(), &self.filter, &[])
    }
}
