//! Confirmation: what was bought and set up. The temporary password is shown here once.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::closed::closed;
use super::step::setup_name;
use crate::access::Permission as _;
use crate::access::permission::{CancelOrders, PlaceOrders, ResetCustomerPasswords, SeeDrafts};
use crate::azure::model::owner::TenantOwner;
use crate::catalog::model::Unit;
use crate::customers;
use crate::customers::model::Customer;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::orders::draft::{self, DraftState};
use crate::orders::model::Order;
use crate::orders::said::Said;
use crate::orders::store::reading;
use crate::orders::store::setup::{self, Setup};
use crate::paths;
use crate::subscriptions::store::tenant_owner;
use crate::values::id::{CustomerId, DraftId, OrderId};
use crate::values::moment::Moment;
use crate::web::{Ask, Shell, once, see_other};

#[derive(Template)]
#[template(path = "orders/confirmation.html")]
struct ConfirmationPage {
    shell: Shell,
    customer: Customer,
    /// None where a customer was added without an order.
    order: Option<Order>,
    /// Who has tenant owner permission for something that was ordered.
    owner: Option<TenantOwner>,
    /// None where the customer was there before.
    setup: Option<Setup>,
    /// Only the first time.
    password: Option<String>,
    may_reset: bool,
    /// Until when the viewer can cancel the order.
    cancellable_until: Option<Moment>,
}

/// `GET /orders/{id}/confirmation`. What was ordered for an existing customer is for those who may order.
pub async fn show(ask: Ask<SeeDrafts>, id: web::Path<OrderId>) -> Result<HttpResponse> {
    let (order, owner, setup, customer) = ask
        .read(move |conn, by| {
            let order = reading::find(conn, &by.reach(), &id)?;
            let setup = if order.created_customer {
                Some(setup::find(conn, by, &order.row.customer)?)
            } else if by.holds::<PlaceOrders>() {
                None
            } else {
                return Err(Error::Forbidden(PlaceOrders::KEY));
            };
            let customer = customers::store::find(conn, &by.reach(), &order.row.customer)?;
            let owner = tenant_owner::of_order_bought(conn, &order.row.id)?;
            Ok((order, owner, setup, customer))
        })
        .await?;
    let password = match (&setup, &order.draft) {
        (Some(setup), Some(draft)) => take_password(&ask, draft, setup).await?,
        _ => None,
    };
    let page = ConfirmationPage::new(ask.shell(), customer, Some(order), (setup, password));
    ask.page(&ConfirmationPage { owner, ..page })
}

/// `GET /drafts/{id}/confirmation`: the order that the draft has become, or the customer without one.
pub async fn of_draft(ask: Ask<SeeDrafts>, id: web::Path<DraftId>) -> Result<HttpResponse> {
    let wanted = *id;
    let (draft, order) = ask
        .read(move |conn, by| {
            let draft = draft::store::find(conn, by, &wanted)?;
            Ok((draft, draft::store::order_of(conn, by, &wanted)?))
        })
        .await?;
    if let Some(order) = order {
        return Ok(see_other(paths::orders::confirmation(&order)));
    }
    let customer = match (draft.state, &draft.customer) {
        (DraftState::Submitted, Some(customer)) => *customer,
        (DraftState::Open, _) => return Ok(see_other(paths::orders::draft_review(&id))),
        _ => return closed(&ask, draft).await,
    };
    let (setup, customer) = ask
        .read(move |conn, by| {
            let setup = setup::find(conn, by, &customer)?;
            Ok((setup, customers::store::find(conn, &by.reach(), &customer)?))
        })
        .await?;
    let password = take_password(&ask, &id, &setup).await?;
    ask.page(&ConfirmationPage::new(ask.shell(), customer, None, (Some(setup), password)))
}

/// The temporary password, if this browser has not shown it yet and it is still the right one: another
/// person may have submitted the draft with a password of theirs, or made a new one since.
async fn take_password(ask: &Ask<SeeDrafts>, draft: &DraftId, setup: &Setup) -> Result<Option<String>> {
    let Some(admin) = &setup.admin else { return Ok(None) };
    once::take_right(&ask.session(), &setup_name(draft), &admin.password_hash, &ask.turns).await
}

/// `POST /customers/{id}/added`: Done, for somebody who does not see the list in which the new customer stands.
pub async fn added(ask: Ask<SeeDrafts>, id: web::Path<CustomerId>) -> Result<HttpResponse> {
    let customer = ask.read(move |conn, by| customers::store::find(conn, &by.reach(), &id)).await?;
    ask.done(&Said::CustomerAdded { name: &customer.account.company_name }, paths::orders::drafts())
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
        Self { shell, customer, order, owner: None, setup, password, may_reset, cancellable_until }
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
