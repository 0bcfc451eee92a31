//! A customer's Subscriptions page.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::ListFilter;
use super::super::store::list::{self as store, Selection, SubscriptionRow};
use crate::access::permission::{ExportCustomers, PlaceOrders, SeeCustomers, StartTransfers};
use crate::customers;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

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
    may_transfer: bool,
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
        may_transfer: customer.ended_at.is_none() && ask.by.may::<StartTransfers>(),
        rows: found.rows,
        shell: ask.shell(),
        customer,
        filter,
        path,
    })
}

fn selection(customer: &CustomerId, filter: &ListFilter) -> Selection {
    Selection { customer: *customer, status: filter.status(), today: Moment::now().day() }
}
