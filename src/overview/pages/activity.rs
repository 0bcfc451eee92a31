//! What was done for one customer.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::{SeeActivity, SeeCustomers};
use crate::activity::Rows;
use crate::activity::model::Record;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::overview::reading;
use crate::paths;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "overview/activity.html")]
struct CustomerActivityPage {
    shell: Shell,
    customer: Customer,
    rows: Vec<Record>,
    pager: Pager,
}

/// `GET /customers/{id}/activity`
pub async fn list(
    ask: Ask<SeeCustomers>,
    log: Allowed<SeeActivity>,
    id: web::Path<CustomerId>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (now, portion) = (Moment::now(), cursor.portion());
    let (customer, found) =
        ask.read(move |conn, _| reading::activity(conn, &log, (&id, now), &portion)).await?;
    let pager = Pager::new(&found, &paths::customers::activity(&customer.id), &());
    ask.page(&CustomerActivityPage { shell: ask.shell(), customer, rows: found.rows, pager })
}

impl CustomerActivityPage {
    fn table(&self) -> Rows<'_> {
        Rows::of_customer(&self.shell, &self.rows)
    }
}
