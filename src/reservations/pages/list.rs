//! Reservations: the list, those of a customer, and one of them.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use crate::access::permission::{BuyReservations, ExportCustomers, SeeCustomers, SeeReservations};
use crate::customers;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::orders::facts::numbered;
use crate::paths;
use crate::reservations::form::ListFilter;
use crate::reservations::model::Reservation;
use crate::reservations::store::list as store;
use crate::reservations::store::permissions::{self, Permission};
use crate::subscriptions;
use crate::values::id::{CustomerId, ReservationId};
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "reservations/list.html")]
struct ListPage {
    shell: Shell,
    filter: ListFilter,
    rows: Vec<Reservation>,
    pager: Pager,
    today: NaiveDate,
    may_export: bool,
}

#[derive(Template)]
#[template(path = "reservations/of_customer.html")]
struct CustomerPage {
    shell: Shell,
    customer: Customer,
    filter: ListFilter,
    rows: Vec<Reservation>,
    pager: Pager,
    today: NaiveDate,
    may_export: bool,
    may_buy: bool,
    is_provider: bool,
    /// What the customer may buy by itself, for the provider's people.
    permission: Option<Permission>,
}

#[derive(Template)]
#[template(path = "reservations/show.html")]
struct ReservationPage {
    shell: Shell,
    reservation: Reservation,
    /// The number of its order; none where the viewer sees nothing else of the customer.
    order_number: Option<String>,
    /// Whether the viewer can open what it was bought under.
    opens_plan: bool,
    today: NaiveDate,
}

/// `GET /reservations`
pub async fn list(
    ask: Ask<SeeReservations>,
    web::Query(filter): web::Query<ListFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, today, portion) = (filter.tidy(), Moment::now().day(), cursor.portion());
    let selection = filter.selection(None, today);
    let found = ask.read(move |conn, by| store::page_of(conn, &by.reach(), &selection, &portion)).await?;
    ask.page(&ListPage {
        pager: Pager::new(&found, paths::reservations::list(), &filter),
        may_export: ask.by.may::<ExportCustomers>(),
        rows: found.rows,
        shell: ask.shell(),
        filter,
        today,
    })
}

/// `GET /customers/{id}/reservations`
pub async fn of_customer(
    ask: Ask<SeeReservations>,
    id: web::Path<CustomerId>,
    web::Query(filter): web::Query<ListFilter>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (filter, now, portion) = (filter.tidy(), Moment::now(), cursor.portion());
    let selection = filter.selection(Some(*id), now.day());
    let (customer, found, permission) = ask
        .read(move |conn, by| {
            let customer = customers::store::find(conn, &by.reach(), &id)?;
            let found = store::page_of(conn, &by.reach(), &selection, &portion)?;
            let permission = permissions::of(conn, &customer.id, now)?.filter(|_| by.is_provider());
            Ok((customer, found, permission))
        })
        .await?;
    let place = paths::reservations::of_customer(&customer.id);
    ask.page(&CustomerPage {
        pager: Pager::new(&found, &place, &filter),
        may_export: ask.by.may::<ExportCustomers>(),
        may_buy: ask.by.may::<BuyReservations>() && customer.ended_at.is_none(),
        is_provider: ask.by.is_provider(),
        rows: found.rows,
        shell: ask.shell(),
        today: now.day(),
        customer,
        filter,
        permission,
    })
}

/// `GET /reservations/{id}`
pub async fn show(ask: Ask<SeeReservations>, id: web::Path<ReservationId>) -> Result<HttpResponse> {
    let (reservation, order_number, opens_plan) = ask
        .read(move |conn, by| {
            let reservation = store::find(conn, &by.reach(), &id)?;
            let held = customers::facts::within(conn, &by.reach(), [reservation.customer.id])?;
            let number = match held.is_empty() || !by.may::<SeeCustomers>() {
                true => None,
                false => Some(numbered(conn, &reservation.order)?.number),
            };
            let plan = subscriptions::facts::within(conn, &by.reach(), [reservation.subscription])?;
            Ok((reservation, number, !plan.is_empty()))
        })
        .await?;
    let today = Moment::now().day();
    ask.page(&ReservationPage { shell: ask.shell(), reservation, order_number, opens_plan, today })
}
