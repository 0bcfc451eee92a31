//! The question before a subscription is suspended.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::super::form::SuspensionForm;
use super::super::model::Reason;
use super::super::model::rules::{Action, Refusal, kept_until};
use super::super::said::Said;
use super::super::store::changes;
use super::super::store::details::Details;
use super::super::store::edit::Changed;
use super::super::store::history::LastChange;
use super::changes::edit_of;
use super::{details, details_with_last_change, done};
use crate::access::permission::ManageSubscriptions;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, see_other};

#[derive(Template)]
#[template(path = "subscriptions/suspension.html")]
struct SuspensionPage {
    shell: Shell,
    details: Details,
    form: SuspensionForm,
    problems: Problems,
    /// Somebody was faster; who, when it is known.
    conflict: Option<Option<LastChange>>,
    refusal: Option<Refusal>,
    kept_until: NaiveDate,
}

/// `GET /subscriptions/{id}/suspension`
pub async fn new(ask: Ask<ManageSubscriptions>, id: web::Path<SubscriptionId>) -> Result<HttpResponse> {
    let details = details(&ask, &id).await?;
    if details.state.refusal(Action::Suspend).is_some() {
        // Its page says how it stands and what can be done.
        return Ok(see_other(paths::subscriptions::show(&id)));
    }
    ask.page(&SuspensionPage::new(ask.shell(), details, SuspensionForm::default()))
}

/// `POST /subscriptions/{id}/suspension`
pub async fn create(
    ask: Ask<ManageSubscriptions>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<SuspensionForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(problems) => {
            let again = SuspensionPage::new(ask.shell(), details(&ask, &id).await?, form);
            return ask.unprocessable(&SuspensionPage { problems, ..again });
        }
    };
    let changed = ask.write(move |conn, by| changes::suspend(conn, by, &edit, reason)).await?;
    if changed == Changed::Done {
        return done(&ask, &Said::Suspended, &id);
    }
    if changed == Changed::Same {
        return done(&ask, &Said::NothingChanged, &id);
    }
    let (details, last) = details_with_last_change(&ask, &id).await?;
    let again = SuspensionPage::new(ask.shell(), details, form);
    if changed == Changed::Stale {
        let again = SuspensionPage { conflict: Some(last), ..again };
        return ask.with_status(StatusCode::CONFLICT, &again);
    }
    ask.unprocessable(&again)
}

impl SuspensionPage {
    fn new(shell: Shell, details: Details, form: SuspensionForm) -> Self {
        Self {
            shell,
            refusal: details.state.refusal(Action::Suspend),
            details,
            form,
            problems: Problems::default(),
            conflict: None,
            kept_until: kept_until(Moment::now().day()),
        }
    }

    fn reasons(&self) -> &'static [Reason] {
        Reason::ALL
    }
}
