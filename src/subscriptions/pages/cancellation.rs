//! The question before a subscription is cancelled.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::CancellationForm;
use super::super::model::cancellation::Cancellation;
use super::super::model::rules::Refusal;
use super::super::model::{Status, Subscription};
use super::super::said::Said;
use super::super::store::cancelling::{Question, cancel, question};
use super::super::store::details::Details;
use super::super::store::edit::Changed;
use super::super::store::history::LastChange;
use super::changes::edit_of;
use super::{details_with_last_change, done};
use crate::access::permission::ManageSubscriptions;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::web::{Ask, Shell, see_other};

#[derive(Template)]
#[template(path = "subscriptions/cancellation.html")]
struct CancellationPage {
    shell: Shell,
    details: Details,
    answer: Result<Cancellation, Refusal>,
    /// Somebody was faster; who, when it is known.
    conflict: Option<Option<LastChange>>,
}

/// `GET /subscriptions/{id}/cancellation`
pub async fn new(ask: Ask<ManageSubscriptions>, id: web::Path<SubscriptionId>) -> Result<HttpResponse> {
    let page = CancellationPage::new(ask.shell(), asked(&ask, &id).await?);
    if page.details.state.status == Status::Deleted {
        return Ok(see_other(paths::subscriptions::show(&id)));
    }
    ask.page(&page)
}

/// `POST /subscriptions/{id}/cancellation`
pub async fn create(
    ask: Ask<ManageSubscriptions>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<CancellationForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let changed = ask.write(move |conn, by| cancel(conn, by, &edit, &form.mark)).await?;
    let again = match changed {
        Changed::Done => return done(&ask, &Said::Cancelled, &id),
        Changed::Same => return done(&ask, &Said::NothingChanged, &id),
        _ => CancellationPage::new(ask.shell(), asked(&ask, &id).await?),
    };
    if changed == Changed::Stale {
        let (_, last) = details_with_last_change(&ask, &id).await?;
        return ask.with_status(StatusCode::CONFLICT, &CancellationPage { conflict: Some(last), ..again });
    }
    ask.unprocessable(&again)
}

async fn asked(ask: &Ask<ManageSubscriptions>, id: &SubscriptionId) -> Result<Question> {
    let (id, now) = (*id, Moment::now());
    ask.read(move |conn, by| question(conn, by, &id, now)).await
}

impl CancellationPage {
    fn new(shell: Shell, question: Question) -> Self {
        let Question { details, answer } = question;
        Self { shell, details, answer, conflict: None }
    }

    /// What ends, as far as the viewer sees it.
    fn seen<'a>(&self, cancellation: &'a Cancellation) -> Vec<&'a Subscription> {
        let is_seen = |one: &&Subscription| {
            one.id == self.details.subscription.id
                || self.details.add_ons.iter().any(|add_on| add_on.subscription.id == one.id)
        };
        cancellation.ending().filter(is_seen).collect()
    }

    /// What is credited of all that the viewer sees.
    fn total(&self, cancellation: &Cancellation) -> Option<Money> {
        cancellation.total(self.seen(cancellation))
    }
}
