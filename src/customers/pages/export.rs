//! Export customers: everything that the list shows, in its order.

use actix_web::HttpResponse;
use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::picks::chosen;
use crate::access::Allowed;
use crate::access::permission::ExportCustomers;
use crate::customers::form::CustomerListForm;
use crate::customers::model::CustomerRow;
use crate::customers::store::list::rows_after;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::mail::text::rendered;
use crate::values::moment::Moment;
use crate::web::Ask;
use crate::web::cell::Cell;
use crate::web::export::File;
use crate::web::pager::Portion;

/// Whoever reads the file relies on them: new ones stand behind those that were there.
const COLUMNS: [&str; 10] = [
    "Microsoft ID",
    "Company name",
    "Primary domain name",
    "Relationship",
    "State",
    "Since",
    "Monthly value",
    "Currency",
    "In other currencies",
    "Ended",
];

/// As which kind of file, beside the list that is meant.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Kind {
    /// `xlsx` for a workbook; CSV otherwise.
    format: String,
    /// `yes` for what is selected alone.
    selected: String,
}

/// `GET /customers/export`
pub async fn export(
    ask: Ask<ExportCustomers>,
    form: Query<CustomerListForm>,
    kind: Query<Kind>,
) -> Result<HttpResponse> {
    let form = form.into_inner().tidy().sensible(ask.by.is_provider());
    let all = form.parse()?;
    let filter = match kind.selected.as_str() {
        "yes" => ask.read(move |conn, by| chosen(conn, by, &form, &all)).await?.ok_or(Error::NotFound)?,
        _ => all,
    };
    let read = move |conn: &mut Connection, by: &Allowed<ExportCustomers>, portion: &Portion| {
        rows_after(conn, &by.reach(), &filter, portion)
    };
    if kind.format == "xlsx" {
        return ask.workbook(File { name: "customers.xlsx", columns: &COLUMNS }, read, cells).await;
    }
    let file = File { name: "customers.csv", columns: &COLUMNS };
    ask.export(file, read, |row| Ok(cells(row)?.into_iter().map(Cell::plain).collect())).await
}

/// What stands in the columns for a customer.
fn cells(row: CustomerRow) -> Result<Vec<Cell>> {
    let standing = row.standing().as_text();
    let relationship = rendered(Language::ENGLISH, &Relationship { partners: &row.partners })?;
    let customer = row.customer;
    let (own, others) = row.worth.split_first().map_or((None, &[][..]), |(own, others)| (Some(*own), others));
    Ok(vec![
        Cell::text(customer.id),
        Cell::text(customer.account.company_name),
        Cell::text(customer.account.domain),
        Cell::text(relationship),
        Cell::text(standing),
        Cell::Day(Some(row.since.day())),
        Cell::Amount(own),
        Cell::text(own.map(|money| money.currency.code()).unwrap_or_default()),
        Cell::text(others.iter().map(|money| money.to_string()).collect::<Vec<_>>().join("; ")),
        Cell::Day(customer.ended_at.map(Moment::day)),
    ])
}

/// Through whom the viewer's organisation has a customer.
#[derive(Template)]
#[template(path = "customers/relationship.txt")]
struct Relationship<'a> {
    partners: &'a [String],
}
