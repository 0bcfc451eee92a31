//! Orders: the list, a customer's Order history, and one order.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::Datelike as _;
use serde::{Deserialize, Serialize};

use crate::access::permission::{CancelOrders, SeeCustomers};
use crate::customers;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::orders::model::{Order, OrderRow, number};
use crate::orders::store::reading::{self, Wanted};
use crate::paths;
use crate::values::id::{CustomerId, OrderId};
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Count, Shell};

/// What the list is searched for.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct OrderFilter {
    pub search: String,
}

#[derive(Template)]
#[template(path = "orders/list.html")]
struct OrderListPage {
    shell: Shell,
    rows: Vec<OrderRow>,
    pager: Pager,
    filter: OrderFilter,
    /// A search that goes beyond one page is not counted.
    count: Option<Count>,
}

#[derive(Template)]
#[template(path = "orders/history.html")]
struct OrderHistoryPage {
    shell: Shell,
    customer: Customer,
    rows: Vec<OrderRow>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "orders/show.html")]
struct OrderPage {
    shell: Shell,
    order: Order,
    /// Until when the viewer can cancel it.
    cancellable_until: Option<Moment>,
}

/// `GET /orders`
pub async fn list(
    ask: Ask<SeeCustomers>,
    filter: web::Query<OrderFilter>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    let filter = filter.into_inner();
    let is_all = filter.search.trim().is_empty();
    let numbers = (!is_all).then(|| number::meant(&filter.search, Moment::now().day().year()));
    let (wanted, portion) = (Wanted { customer: None, numbers }, cursor.portion());
    let (found, count) = ask
        .read(move |conn, by| {
            let found = reading::page_of(conn, &by.reach(), &wanted, &portion)?;
            let count = match found.count() {
                None if is_all => Some(reading::count(conn, &by.reach())?),
                known => known,
            };
            Ok((found, count))
        })
        .await?;
    let pager = Pager::new(&found, paths::orders::list(), &filter);
    ask.page(&OrderListPage { shell: ask.shell(), rows: found.rows, pager, filter, count })
}

/// `GET /customers/{id}/orders`
pub async fn of_customer(
    ask: Ask<SeeCustomers>,
    id: web::Path<CustomerId>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    let portion = cursor.portion();
    let (customer, found) = ask
        .read(move |conn, by| {
            let customer = customers::store::find(conn, &by.reach(), &id)?;
            let wanted = Wanted { customer: Some(customer.id), numbers: None };
            let found = reading::page_of(conn, &by.reach(), &wanted, &portion)?;
            Ok((customer, found))
        })
        .await?;
    let pager = Pager::new(&found, &paths::orders::of_customer(&customer.id), &());
    ask.page(&OrderHistoryPage { shell: ask.shell(), customer, rows: found.rows, pager })
}

/// `GET /orders/{id}`
pub async fn show(ask: Ask<SeeCustomers>, id: web::Path<OrderId>) -> Result<HttpResponse> {
    let order = ask.read(move |conn, by| reading::find(conn, &by.reach(), &id)).await?;
    let until = order.cancellable_at(Moment::now()).filter(|_| ask.by.may::<CancelOrders>());
    ask.page(&OrderPage { shell: ask.shell(), order, cancellable_until: until })
}
