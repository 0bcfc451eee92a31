//! Confirmation: what was bought and set up. The temporary password is shown here once.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::closed::closed;
use super::step::setup_name;
use crate::access::Allowed;
use crate::access::permission::{AddCustomers, PlaceOrders, ResetCustomerPasswords};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::orders::draft::{self, DraftState};
use crate::orders::model::Order;
use crate::orders::store::reading;
use crate::orders::store::setup::{self, Setup};
use crate::values::id::{CustomerId, DraftId, OrderId};
use crate::web::pager::address;
use crate::web::{Shell, once, page, see_other};

#[derive(Template)]
#[template(path = "orders/confirmation.html")]
struct ConfirmationPage {
    shell: Shell,
    customer: CustomerId,
    company_name: String,
    /// None where a customer was added without an order.
    order: Option<Order>,
    /// None where the customer was there before.
    setup: Option<Setup>,
    /// Only the first time.
    password: Option<String>,
    may_reset: bool,
    done: String,
}

/// `GET /orders/{id}/confirmation`. What was ordered for an existing customer is for those who may order.
pub async fn show(
    shell: Shell,
    may: Allowed<AddCustomers>,
    session: Session,
    db: web::Data<Db>,
    id: web::Path<OrderId>,
) -> Result<HttpResponse> {
    let by = may.clone();
    let (order, setup) = db
        .read(move |conn| {
            let order = reading::find(conn, &by.reach(), &id)?;
            let setup = if order.created_customer {
                Some(setup::find(conn, &by, &order.row.customer)?)
            } else {
                Allowed::<PlaceOrders>::check(by.viewer())?;
                None
            };
            Ok((order, setup))
        })
        .await?;
    let password = match (&setup, &order.draft) {
        (Some(setup), Some(draft)) => take_password(&session, draft, setup).await?,
        _ => None,
    };
    let (customer, company_name) = (order.row.customer.clone(), order.row.company_name.clone());
    let (may_reset, done) = (shell.may::<ResetCustomerPasswords>(), done(&shell, &order.domain));
    let order = Some(order);
    page(&ConfirmationPage { shell, customer, company_name, order, setup, password, may_reset, done })
}

/// `GET /drafts/{id}/confirmation`: the order that the draft has become, or the customer without one.
pub async fn of_draft(
    shell: Shell,
    may: Allowed<AddCustomers>,
    session: Session,
    db: web::Data<Db>,
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
        return Ok(see_other(format!("/orders/{order}/confirmation")));
    }
    let customer = match (draft.state, &draft.customer) {
        (DraftState::Submitted, Some(customer)) => customer.clone(),
        (DraftState::Open, _) => return Ok(see_other(format!("/drafts/{id}/review"))),
        _ => return closed(&db, &may, shell, draft).await,
    };
    let (by, added) = (may.clone(), customer.clone());
    let setup = db.read(move |conn| setup::find(conn, &by, &added)).await?;
    let password = take_password(&session, &id, &setup).await?;
    let (may_reset, done) = (shell.may::<ResetCustomerPasswords>(), done(&shell, &setup.domain));
    let (company_name, order, setup) = (setup.company_name.clone(), None, Some(setup));
    page(&ConfirmationPage { shell, customer, company_name, order, setup, password, may_reset, done })
}

/// The temporary password, if this browser has not shown it yet and it is still the right one: another
/// person may have submitted the draft with a password of theirs, or made a new one since.
async fn take_password(session: &Session, draft: &DraftId, setup: &Setup) -> Result<Option<String>> {
    let Some(password) = once::take(session, &setup_name(draft)) else { return Ok(None) };
    let (hash, candidate) = (setup.password_hash.clone(), password.clone());
    let is_right = web::block(move || hash.matches(&candidate)).await;
    let is_right = is_right.map_err(|error| Error::Internal(error.into()))?;
    Ok(Some(password).filter(|_| is_right))
}

/// Where the customer can be seen in a list, for those who see that list.
fn done(shell: &Shell, domain: &str) -> String {
    if shell.can.see_customers {
        address("/customers", &(), &[("search", domain)])
    } else {
        "/drafts".to_owned()
    }
}
