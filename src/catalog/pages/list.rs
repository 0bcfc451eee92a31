//! The list of offers and its export: all of it for the operator, what it could order for a provider.

use actix_web::web::{Bytes, Query};
use actix_web::{Error as ActixError, HttpResponse};
use askama::Template;
use futures_util::StreamExt as _;
use futures_util::stream::{once, try_unfold};

use crate::access::permission::{ExportLists, ManageCatalog, SeeCatalog};
use crate::access::{Allowed, OrganisationKind, Viewer};
use crate::catalog::form::CatalogFilter;
use crate::catalog::model::column::Column;
use crate::catalog::model::definition::{Kept, Status};
use crate::catalog::model::{Category, Price, Refusal};
use crate::catalog::store::listing::{self, Wanted};
use crate::db::Db;
use crate::error::Result;
use crate::language::filters;
use crate::paths::{self, address};
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::web::pager::{Cursor, Pager, Start};
use crate::web::{Ask, Count, Shell, csv};

/// A provider as it looks at the catalogue.
#[derive(Clone, Copy)]
pub struct Seller {
    pub country: Country,
    pub currency: Currency,
}

impl Seller {
    /// Nobody, where the operator looks.
    pub fn of(viewer: &Viewer) -> Option<Self> {
        let own = &viewer.organisation;
        (own.kind == OrganisationKind::Provider)
            .then_some(Self { country: own.country, currency: own.currency })
    }

    pub fn refusal(&self, kept: &Kept) -> Option<Refusal> {
        kept.definition.refusal_to(self.country, self.currency)
    }

    pub fn price(&self, kept: &Kept) -> Option<Price> {
        kept.definition.prices.get(&self.currency).copied()
    }
}

#[derive(Template)]
#[template(path = "catalog/list.html")]
struct ListPage {
    shell: Shell,
    filter: CatalogFilter,
    found: Count,
    rows: Vec<Kept>,
    pager: Pager,
    /// There is no offer at all.
    is_empty: bool,
    may_manage: bool,
    seller: Option<Seller>,
    /// Whoever keeps the catalogue, with the address.
    keeper: Option<(String, String)>,
}

/// `GET /catalog`
pub async fn list(
    ask: Ask<SeeCatalog>,
    Query(filter): Query<CatalogFilter>,
    Query(cursor): Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, start) = (filter.tidy(), cursor.start());
    let (wanted, seller) = (filter.wanted(), Seller::of(ask.by.viewer()));
    let may_manage = ask.by.may::<ManageCatalog>();
    let (listed, found, is_empty, keeper) = ask
        .read(move |conn, by| {
            let listed = listing::page_of(conn, by, &wanted, &start)?;
            let found = listed.count().map_or_else(|| listing::count(conn, by, &wanted), Ok)?;
            let is_empty = listed.rows.is_empty() && listing::is_empty(conn)?;
            let keeper = if is_empty { crate::partners::facts::operator(conn)? } else { None };
            Ok((listed, found, is_empty, keeper))
        })
        .await?;
    let pager = Pager::new(&listed, paths::catalog::list(), &filter);
    let (shell, rows) = (ask.shell(), listed.rows);
    ask.page(&ListPage { shell, filter, found, rows, pager, is_empty, may_manage, seller, keeper })
}

impl ListPage {
    /// The same list without one of the filters.
    fn without(&self, part: &str) -> String {
        address(paths::catalog::list(), &self.filter.without(part), &[])
    }

    /// Exactly what is listed, as a file.
    fn export(&self) -> String {
        address(paths::catalog::export(), &self.filter, &[])
    }
}

/// `GET /catalog/export`: what Upload a file reads. A provider gets its own currency.
pub async fn export(
    ask: Ask<SeeCatalog>,
    _export: Allowed<ExportLists>,
    Query(filter): Query<CatalogFilter>,
) -> Result<HttpResponse> {
    let seller = Seller::of(ask.by.viewer());
    let is_told = |column: &Column| match (column, seller) {
        (Column::Price(currency, _), Some(seller)) => *currency == seller.currency,
        _ => true,
    };
    let columns: Vec<Column> = Column::all().filter(is_told).collect();
    let heads: Vec<String> = columns.iter().map(|column| column.head()).collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let reading = Reading { db: ask.db.clone(), by: ask.by, wanted: filter.tidy().wanted(), columns };
    // What goes wrong at once is a page; later the download can only break off.
    let (first, rest) = reading.part(Start::First).await?;
    let beginning = [csv::head(&heads)?, first].concat();
    let chunks = try_unfold((reading, rest), |(reading, start)| async move {
        let Some(start) = start else { return Ok(None) };
        let (bytes, rest) = reading.part(start).await?;
        Ok::<_, ActixError>(Some((bytes, (reading, rest))))
    });
    Ok(csv::download("catalog.csv", once(async { Ok(Bytes::from(beginning)) }).chain(chunks)))
}

/// A walk through the list, part by part.
struct Reading {
    db: Db,
    by: Allowed<SeeCatalog>,
    wanted: Wanted,
    columns: Vec<Column>,
}

impl Reading {
    async fn part(&self, start: Start) -> Result<(Bytes, Option<Start>)> {
        let (by, wanted) = (self.by.clone(), self.wanted.clone());
        let (kept, rest) = self.db.read(move |conn| listing::chunk(conn, &by, &wanted, &start)).await?;
        let row = |kept: Kept| {
            let cells = kept.definition.cells();
            self.columns.iter().map(|column| cells.get(*column).to_owned()).collect()
        };
        Ok((csv::rows(kept.into_iter().map(row))?, rest))
    }
}
