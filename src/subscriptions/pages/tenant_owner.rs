//! The questions before tenant owner permission is given and withdrawn.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::super::form::VersionForm;
use super::super::model::rules::{Action, Refusal};
use super::super::said::Said;
use super::super::store::details::Details;
use super::super::store::edit::Changed;
use super::super::store::tenant_owner;
use super::changes::edit_of;
use super::{details, done};
use crate::access::Permission;
use crate::access::permission::{GiveTenantOwner, WithdrawTenantOwner};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::SubscriptionId;
use crate::web::{Ask, Shell, see_other};

#[derive(Template)]
#[template(path = "subscriptions/tenant_owner.html")]
struct QuestionPage {
    shell: Shell,
    details: Details,
    is_giving: bool,
    /// Somebody changed the subscription after the question was read.
    is_stale: bool,
    refusal: Option<Refusal>,
}

/// `GET /subscriptions/{id}/tenant-owner`
pub async fn new(ask: Ask<GiveTenantOwner>, id: web::Path<SubscriptionId>) -> Result<HttpResponse> {
    question(&ask, &id, true).await
}

/// `POST /subscriptions/{id}/tenant-owner`
pub async fn give(
    ask: Ask<GiveTenantOwner>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<VersionForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let changed = ask.write(move |conn, by| tenant_owner::give(conn, by, &edit)).await?;
    answer(&ask, &id, changed, true).await
}

/// `GET /subscriptions/{id}/tenant-owner/withdrawal`
pub async fn confirm(ask: Ask<WithdrawTenantOwner>, id: web::Path<SubscriptionId>) -> Result<HttpResponse> {
    question(&ask, &id, false).await
}

/// `POST /subscriptions/{id}/tenant-owner/withdrawal`
pub async fn withdraw(
    ask: Ask<WithdrawTenantOwner>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<VersionForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let changed = ask.write(move |conn, by| tenant_owner::withdraw(conn, by, &edit)).await?;
    answer(&ask, &id, changed, false).await
}

async fn question<P: Permission>(ask: &Ask<P>, id: &SubscriptionId, is_giving: bool) -> Result<HttpResponse> {
    let page = QuestionPage::new(ask, id, is_giving).await?;
    // Its page says how it stands and what can be done.
    let has_question = if is_giving { page.details.can_have_owner() } else { page.details.owner.is_some() };
    if has_question { ask.page(&page) } else { Ok(see_other(paths::subscriptions::show(id))) }
}

async fn answer<P: Permission>(
    ask: &Ask<P>,
    id: &SubscriptionId,
    changed: Changed,
    is_giving: bool,
) -> Result<HttpResponse> {
    match changed {
        Changed::Done if is_giving => done(ask, &Said::TenantOwnerGiven, id),
        Changed::Done => done(ask, &Said::TenantOwnerWithdrawn, id),
        Changed::Same | Changed::Wrong(_) => done(ask, &Said::NothingChanged, id),
        Changed::Stale => {
            let again = QuestionPage::new(ask, id, is_giving).await?;
            ask.with_status(StatusCode::CONFLICT, &QuestionPage { is_stale: true, ..again })
        }
        Changed::Refused(_) => ask.unprocessable(&QuestionPage::new(ask, id, is_giving).await?),
    }
}

impl QuestionPage {
    async fn new<P: Permission>(ask: &Ask<P>, id: &SubscriptionId, is_giving: bool) -> Result<Self> {
        let details = details(ask, id).await?;
        let refusal = details.state.refusal(Action::AssignReseller).filter(|_| is_giving);
        Ok(Self { shell: ask.shell(), details, is_giving, is_stale: false, refusal })
    }

    /// Who is meant, as the page names it.
    fn reseller(&self) -> &str {
        match &self.details.owner {
            Some(owner) => &owner.reseller_name,
            None => &self.details.named_reseller,
        }
    }
}
