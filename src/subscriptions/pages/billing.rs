//! The question before an order is billed otherwise: which subscriptions, at what price.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::BillingForm;
use super::super::model::billing::other;
use super::super::said::Said;
use super::super::store::billing::{self, Agreed, Changed, Question};
use super::done;
use crate::access::permission::ChangeBilling;
use crate::catalog::model::Billing;
use crate::error::Result;
use crate::language::filters;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "subscriptions/billing.html")]
struct BillingPage {
    shell: Shell,
    question: Question,
    /// A subscription or a price has changed since the page was read.
    is_stale: bool,
}

/// `GET /subscriptions/{id}/billing`
pub async fn new(ask: Ask<ChangeBilling>, id: web::Path<SubscriptionId>) -> Result<HttpResponse> {
    let question = question(&ask, &id).await?;
    ask.page(&BillingPage { shell: ask.shell(), question, is_stale: false })
}

/// `POST /subscriptions/{id}/billing`
pub async fn create(
    ask: Ask<ChangeBilling>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<BillingForm>,
) -> Result<HttpResponse> {
    let agreed = Agreed { id: *id, billing: form.billing()?, mark: form.mark, now: Moment::now() };
    let to = agreed.billing;
    let changed = ask.write(move |conn, by| billing::change(conn, by, &agreed)).await?;
    let again = match changed {
        Changed::Done { count } => return done(&ask, &Said::billed(to, count), &id),
        Changed::Same => return done(&ask, &Said::NothingChanged, &id),
        Changed::Stale => StatusCode::CONFLICT,
        Changed::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let question = question(&ask, &id).await?;
    let is_stale = again == StatusCode::CONFLICT;
    ask.with_status(again, &BillingPage { shell: ask.shell(), question, is_stale })
}

async fn question(ask: &Ask<ChangeBilling>, id: &SubscriptionId) -> Result<Question> {
    let (id, now) = (*id, Moment::now());
    ask.read(move |conn, by| billing::question(conn, &by.reach(), &id, now)).await
}

impl BillingPage {
    /// The new frequency.
    fn to(&self) -> Billing {
        other(self.question.subscription.billing)
    }
}
