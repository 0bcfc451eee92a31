//! Recording that a customer that came back agreed again to delegated administration.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::ReinstateCustomers;
use crate::endings::form::ComebackForm;
use crate::endings::said::Said;
use crate::endings::store::comeback::{self, Comeback};
use crate::endings::store::consenting;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "endings/consent.html")]
struct ConsentPage {
    shell: Shell,
    back: Comeback,
    form: ComebackForm,
    problems: Problems,
}

/// `GET /customers/{id}/reinstatement/consent`
pub async fn new(ask: Ask<ReinstateCustomers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    let Some(back) = find(&ask, &id).await? else { return none_awaited(&ask, &id) };
    let form = ComebackForm::of(&back.customer.account, back.ending.version);
    ask.page(&ConsentPage { shell: ask.shell(), back, form, problems: Problems::default() })
}

/// `POST /customers/{id}/reinstatement/consent`
pub async fn create(
    ask: Ask<ReinstateCustomers>,
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, now, form) = (customer_id(&id)?, Moment::now(), ComebackForm::read(pairs));
    let Some(back) = find(&ask, &id).await? else { return none_awaited(&ask, &id) };
    let today = now.at(ask.by.zone).date_naive();
    let consent = match form.parse_consent(back.customer.account.country, today) {
        Ok(consent) => consent,
        Err(problems) => return ask.unprocessable(&ConsentPage { shell: ask.shell(), back, form, problems }),
    };
    if !ask.write(move |conn, by| consenting::take(conn, by, (&id, &consent), now)).await? {
        return none_awaited(&ask, &id);
    }
    ask.done(&Said::ConsentRecorded, paths::customers::account(&id))
}

fn none_awaited(ask: &Ask<ReinstateCustomers>, id: &CustomerId) -> Result<HttpResponse> {
    ask.done(&Said::NoConsentAwaited, paths::customers::account(id))
}

async fn find(ask: &Ask<ReinstateCustomers>, id: &CustomerId) -> Result<Option<Comeback>> {
    let id = *id;
    let now = Moment::now();
    ask.read(move |conn, by| comeback::find_awaiting(conn, by, &id, now)).await
}
