//! What a customer's own people see of its reservations, and buy.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::buying::{begin, purchase};
use crate::access::permission::{BuyOwnReservations, ExportOwnSubscriptions, SeeOwnSubscriptions};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::reservations::form::{ListFilter, PurchaseForm};
use crate::reservations::model::Reservation;
use crate::reservations::store::list as store;
use crate::reservations::store::own::{self, Account};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "reservations/own.html")]
struct OwnPage {
    shell: Shell,
    accounts: Vec<Account>,
    rows: Vec<Reservation>,
    pager: Pager,
    today: NaiveDate,
    may_buy: bool,
    may_export: bool,
}

/// `GET /own/reservations`
pub async fn list(
    ask: Ask<SeeOwnSubscriptions>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (now, portion) = (Moment::now(), cursor.portion());
    let selection = ListFilter::default().selection(None, now.day());
    let (found, accounts) = ask
        .read(move |conn, by| {
            let found = store::page_of(conn, &by.reach(), &selection, &portion)?;
            Ok((found, own::accounts(conn, by, now)?))
        })
        .await?;
    ask.page(&OwnPage {
        pager: Pager::new(&found, paths::reservations::own(), &()),
        may_buy: ask.by.may::<BuyOwnReservations>(),
        may_export: ask.by.may::<ExportOwnSubscriptions>(),
        rows: found.rows,
        shell: ask.shell(),
        today: now.day(),
        accounts,
    })
}

/// `GET /own/reservations/{id}/new`
pub async fn new(ask: Ask<BuyOwnReservations>, id: web::Path<CustomerId>) -> Result<HttpResponse> {
    begin(&ask, *id).await
}

/// `POST /own/reservations/{id}/new`: first shows what it costs, then buys.
pub async fn create(
    ask: Ask<BuyOwnReservations>,
    id: web::Path<CustomerId>,
    web::Form(form): web::Form<PurchaseForm>,
) -> Result<HttpResponse> {
    purchase(&ask, *id, form, paths::reservations::own().to_owned()).await
}
