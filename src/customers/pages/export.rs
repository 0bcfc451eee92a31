//! Export customers: everything that the list shows, as CSV.

use actix_web::web::{Bytes, Query};
use actix_web::{Error as ActixError, HttpResponse};
use askama::Template;
use futures_util::StreamExt as _;
use futures_util::stream::{once, try_unfold};

use crate::access::Reach;
use crate::access::permission::ExportCustomers;
use crate::customers::form::CustomerListForm;
use crate::customers::model::search::Filter;
use crate::customers::store::list;
use crate::db::Db;
use crate::error::Result;
use crate::language::Language;
use crate::mail::text::rendered;
use crate::web::pager::Start;
use crate::web::{Ask, csv};

const COLUMNS: [&str; 4] = ["Microsoft ID", "Company name", "Primary domain name", "Relationship"];

/// `GET /customers/export`
pub async fn export(ask: Ask<ExportCustomers>, form: Query<CustomerListForm>) -> Result<HttpResponse> {
    let reading = Reading { db: ask.db.clone(), reach: ask.by.reach(), filter: form.parse()? };
    // What goes wrong at once is a page; later the download can only break off.
    let (first, rest) = reading.part(Start::First).await?;
    let beginning = [csv::head(&COLUMNS)?, first].concat();
    let chunks = try_unfold((reading, rest), |(reading, start)| async move {
        let Some(start) = start else { return Ok(None) };
        let (bytes, rest) = reading.part(start).await?;
        Ok::<_, ActixError>(Some((bytes, (reading, rest))))
    });
    Ok(csv::download("customers.csv", once(async { Ok(Bytes::from(beginning)) }).chain(chunks)))
}

/// Through whom the viewer's organisation has a customer.
#[derive(Template)]
#[template(path = "customers/relationship.txt")]
struct Relationship<'a> {
    partners: &'a [String],
}

/// A walk through the list, part by part, so that no more than one part is ever in memory.
struct Reading {
    db: Db,
    reach: Reach,
    filter: Filter,
}

impl Reading {
    async fn part(&self, start: Start) -> Result<(Bytes, Option<Start>)> {
        let (reach, filter) = (self.reach.clone(), self.filter.clone());
        let (lines, rest) =
            self.db.read(move |conn| list::lines_after(conn, &reach, &filter, &start)).await?;
        let row = |line: list::ExportLine| -> Result<Vec<String>> {
            let relationship = rendered(Language::ENGLISH, &Relationship { partners: &line.partners })?;
            Ok(vec![line.id.to_string(), line.company_name, line.domain, relationship])
        };
        let rows = lines.into_iter().map(row).collect::<Result<Vec<_>>>()?;
        Ok((csv::rows(rows)?, rest))
    }
}
