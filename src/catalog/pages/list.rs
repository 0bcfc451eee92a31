//! The list of offers: all of it for the operator, what it could order for a provider.

use actix_web::HttpResponse;
use actix_web::web::Query;
use askama::Template;
use chrono::NaiveDate;

use crate::access::permission::{ManageCatalog, SeeCatalog};
use crate::access::{OrganisationKind, Viewer};
use crate::catalog::form::CatalogFilter;
use crate::catalog::model::definition::{Kept, Status};
use crate::catalog::model::timeline::{Asked, Period};
use crate::catalog::model::{Category, Qualification, Refusal};
use crate::catalog::store::listing;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::promotions::facts::{AllRunning, running};
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

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

    pub fn asked(&self, kept: &Kept) -> Option<Asked> {
        kept.definition.prices.get(&self.currency).copied()
    }

    /// Since when that is asked.
    pub fn since(&self, kept: &Kept, today: NaiveDate) -> Option<NaiveDate> {
        let period = kept.timelines.get(&self.currency)?.period_on(today)?;
        period.asked.map(|_| period.from)
    }

    /// What is announced next.
    pub fn next(&self, kept: &Kept, today: NaiveDate) -> Option<Period> {
        kept.timelines.get(&self.currency)?.announced(today).next()
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
    publishers: Vec<String>,
    today: NaiveDate,
    promotions: AllRunning,
    /// Whoever keeps the catalogue, with the address.
    keeper: Option<(String, String)>,
}

/// `GET /catalog`
pub async fn list(
    ask: Ask<SeeCatalog>,
    Query(filter): Query<CatalogFilter>,
    Query(cursor): Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, portion) = (filter.tidy(), cursor.portion());
    let (wanted, seller) = (filter.wanted(), Seller::of(ask.by.viewer()));
    let today = Moment::now().day();
    let may_manage = ask.by.may::<ManageCatalog>();
    let (listed, found, publishers, keeper) = ask
        .read(move |conn, by| {
            let page = listing::page_of(conn, by, (&wanted, today), &portion)?;
            let (listed, found) = page.with_count(|| listing::count(conn, by, (&wanted, today)))?;
            let is_empty = listed.rows.is_empty() && listing::is_empty(conn)?;
            let keeper = if is_empty { crate::partners::facts::operator(conn)? } else { None };
            let publishers = if is_empty { Vec::new() } else { listing::publishers(conn)? };
            let promotions = running(conn, today)?;
            Ok((listed, found, (is_empty, publishers, promotions), keeper))
        })
        .await?;
    let (is_empty, publishers, promotions) = publishers;
    let pager = Pager::new(&listed, paths::catalog::list(), &filter);
    let (shell, rows) = (ask.shell(), listed.rows);
    ask.page(&ListPage {
        shell,
        filter,
        found,
        rows,
        pager,
        is_empty,
        may_manage,
        seller,
        publishers,
        today,
        promotions,
        keeper,
    })
}
