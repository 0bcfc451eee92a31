//! Cancelling an order on the day it was placed, after a question.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::CancelOrders;
use crate::error::Result;
use crate::language::filters;
use crate::orders::form::CancellationForm;
use crate::orders::model::cancelling::{Ending, Refusal};
use crate::orders::said::Said;
use crate::orders::store::cancelling::{Cancelled, cancel, question};
use crate::paths;
use crate::values::id::OrderId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell, see_other};

#[derive(Template)]
#[template(path = "orders/cancel_order.html")]
struct OrderCancellationPage {
    shell: Shell,
    ending: Ending,
    /// A subscription has changed since the page was read.
    is_stale: bool,
}

/// `GET /orders/{id}/cancellation`
pub async fn new(ask: Ask<CancelOrders>, id: web::Path<OrderId>) -> Result<HttpResponse> {
    let ending = ending(&ask, &id).await?;
    if ending.order.row.is_cancelled() {
        return Ok(see_other(paths::orders::show(&id)));
    }
    ask.page(&OrderCancellationPage { shell: ask.shell(), ending, is_stale: false })
}

/// `POST /orders/{id}/cancellation`
pub async fn create(
    ask: Ask<CancelOrders>,
    id: web::Path<OrderId>,
    web::Form(form): web::Form<CancellationForm>,
) -> Result<HttpResponse> {
    let (wanted, now) = (*id, Moment::now());
    let cancelled = ask.write(move |conn, by| cancel(conn, by, (&wanted, &form.mark), now)).await?;
    let status = match cancelled {
        Cancelled::Now { number, ended } => {
            return ask.done(&Said::OrderCancelled { number: &number, ended }, paths::orders::show(&id));
        }
        Cancelled::Before => return ask.done(&Said::NothingChanged, paths::orders::show(&id)),
        Cancelled::Stale => StatusCode::CONFLICT,
        Cancelled::Refused => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let ending = ending(&ask, &id).await?;
    let is_stale = status == StatusCode::CONFLICT;
    ask.with_status(status, &OrderCancellationPage { shell: ask.shell(), ending, is_stale })
}

async fn ending(ask: &Ask<CancelOrders>, id: &OrderId) -> Result<Ending> {
    let (id, now) = (*id, Moment::now());
    ask.read(move |conn, by| question(conn, &by.reach(), &id, now)).await
}
