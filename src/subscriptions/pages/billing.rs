//! The question before an order is billed otherwise: which subscriptions, at what price.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::BillingForm;
use super::super::model::billing::other;
use super::super::said::Said;
use super::super::store::billing::{self, Agreed, Changed, Question};
use super::done;
use crate::access::Allowed;
use crate::access::permission::ChangeBilling;
use crate::catalog::model::Billing;
use crate::db::Db;
use crate::error::Result;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Shell, page};

#[derive(Template)]
#[template(path = "subscriptions/billing.html")]
struct BillingPage {
    shell: Shell,
    question: Question,
    /// A subscription or a price has changed since the page was read.
    is_stale: bool,
}

/// `GET /subscriptions/{id}/billing`
pub async fn new(
    shell: Shell,
    may: Allowed<ChangeBilling>,
    db: web::Data<Db>,
    id: web::Path<SubscriptionId>,
) -> Result<HttpResponse> {
    let question = question(&db, &may, &id).await?;
    page(&BillingPage { shell, question, is_stale: false })
}

/// `POST /subscriptions/{id}/billing`
pub async fn create(
    (shell, may): (Shell, Allowed<ChangeBilling>),
    (db, session): (web::Data<Db>, Session),
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<BillingForm>,
) -> Result<HttpResponse> {
    let agreed = Agreed { id: id.clone(), billing: form.billing()?, mark: form.mark, now: Moment::now() };
    let to = agreed.billing;
    let (by, asked) = (may.clone(), agreed.clone());
    let changed = db.write(move |conn| billing::change(conn, &by, &asked)).await?;
    let again = match changed {
        Changed::Done { count } => return done(&session, &shell, &Said::billed(to, count), &id),
        Changed::Same => return done(&session, &shell, &Said::NothingChanged, &id),
        Changed::Stale => StatusCode::CONFLICT,
        Changed::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let question = question(&db, &may, &id).await?;
    with_status(again, &BillingPage { shell, question, is_stale: again == StatusCode::CONFLICT })
}

async fn question(db: &web::Data<Db>, may: &Allowed<ChangeBilling>, id: &SubscriptionId) -> Result<Question> {
    let (reach, id, now) = (may.reach(), id.clone(), Moment::now());
    db.read(move |conn| billing::question(conn, &reach, &id, now)).await
}

impl BillingPage {
    /// The new frequency.
    fn to(&self) -> Billing {
        other(self.question.subscription.billing)
    }
}
