//! The small forms on the page of a subscription: nickname, reactivation, support contact.

use actix_web::{HttpResponse, web};

use super::super::form::{NicknameForm, RenewalForm, SupportForm, VersionForm};
use super::super::store::edit::Edit;
use super::super::store::{changes, quantity, renewal, support};
use super::show::{Sent, answer, with_problems};
use crate::access::permission::{AssignSupport, ManageSubscriptions, RaiseSubscriptions};
use crate::error::Result;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::web::{Ask, version};

/// `POST /subscriptions/{id}/nickname`
pub async fn nickname(
    ask: Ask<ManageSubscriptions>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<NicknameForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let parsed = form.parse();
    let sent = Sent::Nickname(form.nickname);
    let nickname = match parsed {
        Ok(nickname) => nickname,
        Err(problems) => return with_problems(&ask, &id, &sent, problems).await,
    };
    let changed = ask.write(move |conn, by| changes::rename(conn, by, &edit, &nickname)).await?;
    answer(&ask, &id, sent, changed).await
}

/// `POST /subscriptions/{id}/renewal`
pub async fn renewal(
    ask: Ask<ManageSubscriptions>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<RenewalForm>,
) -> Result<HttpResponse> {
    let (edit, auto_renews) = (edit_of(&id, &form.version)?, form.parse()?);
    let changed = ask.write(move |conn, by| renewal::decide(conn, by, &edit, auto_renews)).await?;
    answer(&ask, &id, Sent::Renewal(auto_renews), changed).await
}

/// `POST /subscriptions/{id}/planned-quantity`: there are as many as now in the next term, too.
pub async fn withdraw_plan(
    ask: Ask<ManageSubscriptions>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<VersionForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let changed = ask.write(move |conn, by| quantity::withdraw_plan(conn, by, &edit)).await?;
    answer(&ask, &id, Sent::PlanWithdrawn, changed).await
}

/// `POST /subscriptions/{id}/reactivation`
pub async fn reactivation(
    ask: Ask<RaiseSubscriptions>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<VersionForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let changed = ask.write(move |conn, by| changes::reactivate(conn, by, &edit)).await?;
    answer(&ask, &id, Sent::Reactivation, changed).await
}

/// `POST /subscriptions/{id}/support-contact`
pub async fn support_contact(
    ask: Ask<AssignSupport>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<SupportForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let parsed = form.parse();
    let sent = Sent::Support(form.support);
    let chosen = match parsed {
        Ok(chosen) => chosen,
        Err(problems) => return with_problems(&ask, &id, &sent, problems).await,
    };
    let changed = ask.write(move |conn, by| support::assign(conn, by, &edit, &chosen)).await?;
    answer(&ask, &id, sent, changed).await
}

/// Which subscription a form changes, as of which version, and when.
pub(super) fn edit_of(id: &SubscriptionId, typed: &str) -> Result<Edit> {
    Ok(Edit { id: *id, version: version::read(typed)?, now: Moment::now() })
}
