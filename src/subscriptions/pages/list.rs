//! A customer's Subscriptions page and its export.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::ListFilter;
use super::super::store::list::{self as store, Selection, SubscriptionRow};
use crate::access::permission::{ExportCustomers, PlaceOrders, SeeCustomers};
use crate::customers;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::export::File;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

/// The columns of the export; whoever reads it relies on them.
const COLUMNS: [&str; 6] = ["Subscription ID", "Subscription", "Quantity", "Status", "Reseller", "Nickname"];

#[derive(Template)]
#[template(path = "subscriptions/list.html")]
struct SubscriptionListPage {
    shell: Shell,
    customer: Customer,
    filter: ListFilter,
    rows: Vec<SubscriptionRow>,
    pager: Pager,
    path: String,
    may_order: bool,
    may_export: bool,
}

/// `GET /customers/{id}/subscriptions`
pub async fn list(
    ask: Ask<SeeCustomers>,
    id: web::Path<CustomerId>,
    web::Query(filter): web::Query<ListFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let selection = selection(&id, &filter);
    let (customer, found) = ask
        .read(move |conn, by| {
            let reach = by.reach();
            let customer = customers::store::find(conn, &reach, &selection.customer)?;
            Ok((customer, store::page_of(conn, &reach, &selection, &cursor.portion())?))
        })
        .await?;
    let path = paths::subscriptions::of_customer(&id);
    ask.page(&SubscriptionListPage {
        pager: Pager::new(&found, &path, &filter),
        may_order: customer.ended_at.is_none() && ask.by.may::<PlaceOrders>(),
        may_export: ask.by.may::<ExportCustomers>(),
        rows: found.rows,
        shell: ask.shell(),
        customer,
        filter,
        path,
    })
}

/// `GET /customers/{id}/subscriptions/export`
pub async fn export(
    ask: Ask<ExportCustomers>,
    id: web::Path<CustomerId>,
    web::Query(filter): web::Query<ListFilter>,
) -> Result<HttpResponse> {
    let (selection, looked_for) = (selection(&id, &filter), id.into_inner());
    // Before the first byte is sent: afterwards nobody can be told that there is no such customer.
    ask.read(move |conn, by| customers::store::find(conn, &by.reach(), &looked_for)).await?;
    let file = File { name: "subscriptions.csv", columns: &COLUMNS };
    ask.export(
        file,
        move |conn, by, portion| store::page_of(conn, &by.reach(), &selection, portion),
        |row| Ok(cells(row)),
    )
    .await
}

fn cells(row: SubscriptionRow) -> Vec<String> {
    let subscription = row.subscription;
    vec![
        subscription.id.to_string(),
        subscription.offer_name.clone(),
        subscription.quantity.get().to_string(),
        row.standing.as_text().to_owned(),
        row.earner.mpn_id().to_owned(),
        subscription.own_nickname().to_owned(),
    ]
}

fn selection(customer: &CustomerId, filter: &ListFilter) -> Selection {
    Selection { customer: *customer, status: filter.status(), today: Moment::now().day() }
}
