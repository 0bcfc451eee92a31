//! Buying a reservation for a customer: what and how, what it costs, and the purchase.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::BuyReservations;
use crate::access::{Allowed, Permission};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::reservations::form::PurchaseForm;
use crate::reservations::model::counter::{Barrier, Chosen, Counter, Wanted};
use crate::reservations::said::Said;
use crate::reservations::store::buying::{self, Bought};
use crate::values::id::{CustomerId, ReservationId};
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

/// What is bought, by whomever.
#[derive(Template)]
#[template(path = "reservations/buy.html")]
struct BuyPage {
    shell: Shell,
    counter: Counter,
    form: PurchaseForm,
    /// What is to be read before it is bought.
    wanted: Option<Wanted>,
    problems: Problems,
    /// Something has changed since the page was read.
    is_stale: bool,
    /// Whether the customer's own people buy.
    is_own: bool,
}

/// `GET /customers/{id}/reservations/new`
pub async fn new(ask: Ask<BuyReservations>, id: web::Path<CustomerId>) -> Result<HttpResponse> {
    begin(&ask, *id).await
}

/// `POST /customers/{id}/reservations/new`: first shows what it costs, then buys.
pub async fn create(
    ask: Ask<BuyReservations>,
    id: web::Path<CustomerId>,
    web::Form(form): web::Form<PurchaseForm>,
) -> Result<HttpResponse> {
    let place = paths::reservations::of_customer(&id);
    purchase(&ask, *id, form, place).await
}

/// The empty form.
///
/// # Errors
/// [`Error::NotFound`] beyond reach; database errors.
pub(super) async fn begin<P: Permission>(ask: &Ask<P>, id: CustomerId) -> Result<HttpResponse> {
    let counter = counter(ask, id).await?;
    let form = PurchaseForm::of(&counter);
    ask.page(&BuyPage::new(ask, counter, form))
}

/// What comes of the form; `place` is where one goes when it is done.
///
/// # Errors
/// [`Error::NotFound`] beyond reach; database errors.
pub(super) async fn purchase<P: Permission>(
    ask: &Ask<P>,
    id: CustomerId,
    form: PurchaseForm,
    place: String,
) -> Result<HttpResponse> {
    let reservation = ReservationId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let counter = counter(ask, id).await?;
    let (is_confirmed, mark, parsed) = (form.is_confirmed(), form.mark.clone(), form.parse(&counter));
    let mut page = BuyPage::new(ask, counter, form);
    let wanted = match (parsed, page.counter.barrier) {
        (_, Some(_)) if !is_confirmed => return ask.unprocessable(&page),
        (Ok(wanted), _) => wanted,
        (Err(problems), _) => {
            // Perhaps it was bought before, and used the limit up itself.
            if is_confirmed && bought_before(ask, id, reservation).await? {
                return ask.done(&Said::BoughtBefore, place);
            }
            page.problems = problems;
            return ask.unprocessable(&page);
        }
    };
    page.wanted = Some(wanted);
    if !is_confirmed {
        return ask.page(&page);
    }
    let now = Moment::now();
    let bought =
        ask.write(move |conn, by| buying::buy(conn, by, (&id, &reservation), (wanted, &mark), now)).await?;
    match bought {
        Bought::Done => ask.done(&Said::Bought, place),
        Bought::Already => ask.done(&Said::BoughtBefore, place),
        Bought::Barred(barrier) => {
            page.counter.barrier = Some(barrier);
            ask.unprocessable(&page)
        }
        Bought::Stale => {
            let again = BuyPage::new(ask, self::counter(ask, id).await?, page.form);
            ask.with_status(StatusCode::CONFLICT, &BuyPage { is_stale: true, ..again })
        }
    }
}

async fn counter<P: Permission>(ask: &Ask<P>, id: CustomerId) -> Result<Counter> {
    ask.read(move |conn, by: &Allowed<P>| buying::counter(conn, by, &id, Moment::now())).await
}

async fn bought_before<P: Permission>(ask: &Ask<P>, id: CustomerId, of: ReservationId) -> Result<bool> {
    ask.read(move |conn, by: &Allowed<P>| buying::is_bought(conn, by, (&id, &of))).await
}

impl BuyPage {
    fn new<P: Permission>(ask: &Ask<P>, counter: Counter, form: PurchaseForm) -> Self {
        let (wanted, problems) = (None, Problems::default());
        let is_own = ask.by.is_customer();
        Self { shell: ask.shell(), counter, form, wanted, problems, is_stale: false, is_own }
    }

    fn chosen(&self) -> Option<Chosen<'_>> {
        self.counter.chosen(self.wanted?)
    }

    fn action(&self) -> String {
        let customer = &self.counter.customer.id;
        if self.is_own { paths::reservations::buy_own(customer) } else { paths::reservations::buy(customer) }
    }

    fn back(&self) -> String {
        match self.is_own {
            true => paths::reservations::own().to_owned(),
            false => paths::reservations::of_customer(&self.counter.customer.id),
        }
    }
}
