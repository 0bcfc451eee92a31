//! Cancelling an order on the day it was placed, after a question.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::CancelOrders;
use crate::db::Db;
use crate::error::Result;
use crate::orders::form::CancellationForm;
use crate::orders::model::cancelling::{Ending, Refusal};
use crate::orders::said::Said;
use crate::orders::store::cancelling::{Cancelled, cancel, question};
use crate::paths;
use crate::values::id::OrderId;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Shell, page, say, see_other};

#[derive(Template)]
#[template(path = "orders/cancel_order.html")]
struct OrderCancellationPage {
    shell: Shell,
    ending: Ending,
    /// A subscription has changed since the page was read.
    is_stale: bool,
}

/// `GET /orders/{id}/cancellation`
pub async fn new(
    shell: Shell,
    may: Allowed<CancelOrders>,
    db: web::Data<Db>,
    id: web::Path<OrderId>,
) -> Result<HttpResponse> {
    let ending = ending(&db, &may, &id).await?;
    if ending.order.row.is_cancelled() {
        return Ok(see_other(paths::orders::show(&id)));
    }
    page(&OrderCancellationPage { shell, ending, is_stale: false })
}

/// `POST /orders/{id}/cancellation`
pub async fn create(
    (shell, may): (Shell, Allowed<CancelOrders>),
    (db, session): (web::Data<Db>, Session),
    id: web::Path<OrderId>,
    web::Form(form): web::Form<CancellationForm>,
) -> Result<HttpResponse> {
    let (by, wanted, now) = (may.clone(), id.clone(), Moment::now());
    let cancelled = db.write(move |conn| cancel(conn, &by, (&wanted, &form.mark), now)).await?;
    let status = match cancelled {
        Cancelled::Now { number, ended } => {
            say(&session, &shell, &Said::OrderCancelled { number: &number, ended })?;
            return Ok(see_other(paths::orders::show(&id)));
        }
        Cancelled::Before => {
            say(&session, &shell, &Said::NothingChanged)?;
            return Ok(see_other(paths::orders::show(&id)));
        }
        Cancelled::Stale => StatusCode::CONFLICT,
        Cancelled::Refused => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let ending = ending(&db, &may, &id).await?;
    let is_stale = status == StatusCode::CONFLICT;
    with_status(status, &OrderCancellationPage { shell, ending, is_stale })
}

async fn ending(db: &web::Data<Db>, may: &Allowed<CancelOrders>, id: &OrderId) -> Result<Ending> {
    let (reach, id, now) = (may.reach(), id.clone(), Moment::now());
    db.read(move |conn| question(conn, &reach, &id, now)).await
}
