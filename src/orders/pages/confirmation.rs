//! Confirmation: what was bought and set up. The temporary password is shown here once.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::closed::closed;
use super::step::setup_name;
use crate::access::permission::{CancelOrders, PlaceOrders, ResetCustomerPasswords, SeeDrafts};
use crate::access::{Allowed, Permission as _};
use crate::catalog::model::Unit;
use crate::customers;
use crate::customers::model::Customer;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::orders::draft::{self, DraftState};
use crate::orders::model::Order;
use crate::orders::said::Said;
use crate::orders::store::reading;
use crate::orders::store::setup::{self, Setup};
use crate::paths;
use crate::values::id::{CustomerId, DraftId, OrderId};
use crate::values::moment::Moment;
use crate::values::password::Turns;
use crate::web::{Shell, once, page, say, see_other};

#[derive(Template)]
#[template(path = "orders/confirmation.html")]
struct ConfirmationPage {
    shell: Shell,
    customer: Customer,
    /// None where a customer was added without an order.
    order: Option<Order>,
    /// None where the customer was there before.
    setup: Option<Setup>,
    /// Only the first time.
    password: Option<String>,
    may_reset: bool,
    /// Until when the viewer can cancel the order.
    cancellable_until: Option<Moment>,
}

/// `GET /orders/{id}/confirmation`. What was ordered for an existing customer is for those who may order.
pub async fn show(
    shell: Shell,
    may: Allowed<SeeDrafts>,
    session: Session,
    (db, turns): (web::Data<Db>, web::Data<Turns>),
    id: web::Path<OrderId>,
) -> Result<HttpResponse> {
    let by = may.clone();
    let (order, setup, customer) = db
        .read(move |conn| {
            let order = reading::find(conn, &by.reach(), &id)?;
            let setup = if order.created_customer {
                Some(setup::find(conn, &by, &order.row.customer)?)
            } else if by.holds::<PlaceOrders>() {
                None
            } else {
                return Err(Error::Forbidden(PlaceOrders::KEY));
            };
            let customer = customers::store::find(conn, &by.reach(), &order.row.customer)?;
            Ok((order, setup, customer))
        })
        .await?;
    let password = match (&setup, &order.draft) {
        (Some(setup), Some(draft)) => take_password(&session, draft, setup, &turns).await?,
        _ => None,
    };
    page(&ConfirmationPage::new(shell, customer, Some(order), (setup, password)))
}

/// `GET /drafts/{id}/confirmation`: the order that the draft has become, or the customer without one.
pub async fn of_draft(
    shell: Shell,
    may: Allowed<SeeDrafts>,
    session: Session,
    (db, turns): (web::Data<Db>, web::Data<Turns>),
    id: web::Path<DraftId>,
) -> Result<HttpResponse> {
    let (by, wanted) = (may.clone(), id.clone());
    let (draft, order) = db
        .read(move |conn| {
            let draft = draft::store::find(conn, &by, &wanted)?;
            Ok((draft, draft::store::order_of(conn, &by, &wanted)?))
        })
        .await?;
    if let Some(order) = order {
        return Ok(see_other(paths::orders::confirmation(&order)));
    }
    let customer = match (draft.state, &draft.customer) {
        (DraftState::Submitted, Some(customer)) => customer.clone(),
        (DraftState::Open, _) => return Ok(see_other(paths::orders::draft_review(&id))),
        _ => return closed(&db, &may, shell, draft).await,
    };
    let (by, added) = (may.clone(), customer.clone());
    let (setup, customer) = db
        .read(move |conn| {
            let setup = setup::find(conn, &by, &added)?;
            Ok((setup, customers::store::find(conn, &by.reach(), &added)?))
        })
        .await?;
    let password = take_password(&session, &id, &setup, &turns).await?;
    page(&ConfirmationPage::new(shell, customer, None, (Some(setup), password)))
}

/// The temporary password, if this browser has not shown it yet and it is still the right one: another
/// person may have submitted the draft with a password of theirs, or made a new one since.
async fn take_password(
    session: &Session,
    draft: &DraftId,
    setup: &Setup,
    turns: &Turns,
) -> Result<Option<String>> {
    once::take_right(session, &setup_name(draft), &setup.password_hash, turns).await
}

/// `POST /customers/{id}/added`: Done, for somebody who does not see the list in which the new customer stands.
pub async fn added(
    (shell, session): (Shell, Session),
    may: Allowed<SeeDrafts>,
    db: web::Data<Db>,
    id: web::Path<CustomerId>,
) -> Result<HttpResponse> {
    let reach = may.reach();
    let customer = db.read(move |conn| customers::store::find(conn, &reach, &id)).await?;
    say(&session, &shell, &Said::CustomerAdded { name: &customer.account.company_name })?;
    Ok(see_other(paths::orders::drafts()))
}

impl ConfirmationPage {
    fn new(
        shell: Shell,
        customer: Customer,
        order: Option<Order>,
        (setup, password): (Option<Setup>, Option<String>),
    ) -> Self {
        let may_reset = shell.may::<ResetCustomerPasswords>();
        let until = order.as_ref().and_then(|order| order.cancellable_at(Moment::now()));
        let cancellable_until = until.filter(|_| shell.may::<CancelOrders>());
        Self { shell, customer, order, setup, password, may_reset, cancellable_until }
    }

    /// Where the customer stands in a list.
    fn list(&self) -> String {
        paths::customers::found_by(&self.customer.account.domain)
    }

    /// Whether the order has what is billed by usage.
    fn has_usage(&self) -> bool {
        self.order.iter().flat_map(|order| &order.lines).any(|line| line.unit == Unit::Usage)
    }
}
