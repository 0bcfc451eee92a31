//! Export customers: everything that the list shows, as CSV.

use actix_web::HttpResponse;
use actix_web::web::Query;
use askama::Template;

use crate::access::permission::ExportCustomers;
use crate::customers::form::CustomerListForm;
use crate::customers::store::list::{ExportLine, lines_after};
use crate::error::Result;
use crate::language::Language;
use crate::mail::text::rendered;
use crate::web::Ask;
use crate::web::export::File;

const COLUMNS: [&str; 4] = ["Microsoft ID", "Company name", "Primary domain name", "Relationship"];

/// `GET /customers/export`
pub async fn export(ask: Ask<ExportCustomers>, form: Query<CustomerListForm>) -> Result<HttpResponse> {
    let filter = form.parse()?;
    let file = File { name: "customers.csv", columns: &COLUMNS };
    ask.export(file, move |conn, by, portion| lines_after(conn, &by.reach(), &filter, portion), cells).await
}

fn cells(line: ExportLine) -> Result<Vec<String>> {
    let relationship = rendered(Language::ENGLISH, &Relationship { partners: &line.partners })?;
    Ok(vec![line.id.to_string(), line.company_name, line.domain, relationship])
}

/// Through whom the viewer's organisation has a customer.
#[derive(Template)]
#[template(path = "customers/relationship.txt")]
struct Relationship<'a> {
    partners: &'a [String],
}
