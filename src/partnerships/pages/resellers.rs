//! Indirect resellers: the list and its export.

use actix_web::{HttpResponse, web};
use askama::Template;
use futures_util::{StreamExt as _, stream};

use crate::access::Allowed;
use crate::access::permission::{ExportLists, RemovePartnerships, SeeResellers};
use crate::error::Result;
use crate::language::filters;
use crate::partnerships::form::ResellerFilter;
use crate::partnerships::model::Reseller;
use crate::partnerships::store::resellers::{Wanted, chunk_of, count, countries, page_of};
use crate::paths::{self, address};
use crate::values::country::Country;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Key, PAGE_SIZE, Page, Pager, Start};
use crate::web::{Ask, Count, Shell, csv};

/// Rows that the export reads at a time.
const CHUNK: usize = 500;

#[derive(Template)]
#[template(path = "partnerships/resellers.html")]
struct ResellerListPage {
    shell: Shell,
    filter: ResellerFilter,
    countries: Vec<Country>,
    /// How many the filters leave.
    found: Count,
    /// Whether there is none, whatever the filters.
    is_void: bool,
    rows: Vec<Reseller>,
    pager: Pager,
    links: Links,
    may_remove: bool,
}

/// Addresses of this list with other filters.
struct Links {
    export: String,
    without_search: String,
    without_country: String,
}

/// `GET /resellers`
pub async fn list(
    ask: Ask<SeeResellers>,
    web::Query(filter): web::Query<ResellerFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (wanted, start) = (wanted(&filter), cursor.start());
    let asked = start.clone();
    let (listed, found, countries) = ask
        .read(move |conn, by| {
            let listed = Page::new(page_of(conn, by, &wanted, &asked, PAGE_SIZE + 1)?, &start, key);
            let found = listed.count().map_or_else(|| count(conn, by, &wanted), Ok)?;
            Ok((listed, found, countries(conn, by)?))
        })
        .await?;
    let pager = Pager::new(&listed, paths::partnerships::resellers(), &filter);
    let countries = ask.language().countries(countries);
    let is_void = countries.is_empty();
    let (links, may_remove) = (links(&filter), ask.by.may::<RemovePartnerships>());
    let (shell, rows) = (ask.shell(), listed.rows);
    ask.page(&ResellerListPage { shell, filter, countries, found, is_void, rows, pager, links, may_remove })
}

/// `GET /resellers/export`: what the list shows, all pages of it.
pub async fn export(
    ask: Ask<SeeResellers>,
    _export: Allowed<ExportLists>,
    web::Query(filter): web::Query<ResellerFilter>,
) -> Result<HttpResponse> {
    let wanted = wanted(&filter);
    let head = csv::head(&["Name", "MPN ID", "Location", "Since", "Customers", "Microsoft ID"])?;
    let (db, by) = (ask.db.clone(), ask.by.clone());
    let rows = stream::try_unfold(Some(Start::First), move |start| {
        let (db, by, wanted) = (db.clone(), by.clone(), wanted.clone());
        async move {
            let Some(start) = start else { return Ok(None) };
            let rows = db.read(move |conn| chunk_of(conn, &by, &wanted, &start, CHUNK)).await?;
            let next = rows.last().filter(|_| rows.len() == CHUNK).map(|last| Start::After(key(last)));
            Ok::<_, actix_web::Error>(Some((csv::rows(rows.iter().map(record))?, next)))
        }
    });
    let name = format!("indirect-resellers-{}.csv", Moment::now().day());
    Ok(csv::download(&name, stream::iter([Ok(head)]).chain(rows)))
}

fn record(reseller: &Reseller) -> Vec<String> {
    vec![
        reseller.name.clone(),
        reseller.mpn_id.to_string(),
        reseller.country.name().to_owned(),
        reseller.since.iso(),
        reseller.customers.number().to_string(),
        reseller.id.to_string(),
    ]
}

fn wanted(filter: &ResellerFilter) -> Wanted {
    Wanted { needle: filter.needle(), country: filter.country() }
}

fn key(reseller: &Reseller) -> Key {
    Key::new(&reseller.sort_name, &reseller.partnership)
}

fn links(filter: &ResellerFilter) -> Links {
    let without_search = ResellerFilter { search: String::new(), ..filter.clone() };
    let without_country = ResellerFilter { country: String::new(), ..filter.clone() };
    Links {
        export: address(paths::partnerships::export(), filter, &[]),
        without_search: address(paths::partnerships::resellers(), &without_search, &[]),
        without_country: address(paths::partnerships::resellers(), &without_country, &[]),
    }
}
