//! Indirect resellers: the list.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{RemovePartnerships, SeeResellers};
use crate::error::Result;
use crate::language::filters;
use crate::partnerships::form::ResellerFilter;
use crate::partnerships::model::Reseller;
use crate::partnerships::store::resellers::{Wanted, count, countries, page_of};
use crate::paths;
use crate::values::country::Country;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

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
    may_remove: bool,
}

/// `GET /resellers`
pub async fn list(
    ask: Ask<SeeResellers>,
    web::Query(filter): web::Query<ResellerFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (wanted, portion) = (wanted(&filter), cursor.portion());
    let (listed, found, countries) = ask
        .read(move |conn, by| {
            let page = page_of(conn, by, &wanted, &portion)?;
            let (listed, found) = page.with_count(|| count(conn, by, &wanted))?;
            Ok((listed, found, countries(conn, by)?))
        })
        .await?;
    let pager = Pager::new(&listed, paths::partnerships::resellers(), &filter);
    let countries = ask.language().countries(countries);
    let is_void = countries.is_empty();
    let may_remove = ask.by.may::<RemovePartnerships>();
    let (shell, rows) = (ask.shell(), listed.rows);
    ask.page(&ResellerListPage { shell, filter, countries, found, is_void, rows, pager, may_remove })
}

fn wanted(filter: &ResellerFilter) -> Wanted {
    Wanted { needle: filter.needle(), country: filter.country() }
}
