//! The small forms on the page of a subscription: nickname, reactivation, support contact.

use actix_session::Session;
use actix_web::{HttpResponse, web};

use super::super::form::{NicknameForm, ReactivationForm, SupportForm, version};
use super::super::store::edit::Edit;
use super::super::store::{changes, support};
use super::show::{Sent, answer, with_problems};
use crate::access::Allowed;
use crate::access::permission::{AssignSupport, ManageSubscriptions, RaiseSubscriptions};
use crate::db::Db;
use crate::error::Result;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::web::Shell;

/// `POST /subscriptions/{id}/nickname`
pub async fn nickname(
    (shell, may): (Shell, Allowed<ManageSubscriptions>),
    (db, session): (web::Data<Db>, Session),
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<NicknameForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let parsed = form.parse();
    let sent = Sent::Nickname(form.nickname);
    let nickname = match parsed {
        Ok(nickname) => nickname,
        Err(problems) => return with_problems((shell, &may, &db), &id, &sent, problems).await,
    };
    let by = may.clone();
    let changed = db.write(move |conn| changes::rename(conn, &by, &edit, &nickname)).await?;
    answer((shell, &may, &db, &session), &id, sent, changed).await
}

/// `POST /subscriptions/{id}/reactivation`
pub async fn reactivation(
    (shell, may): (Shell, Allowed<RaiseSubscriptions>),
    (db, session): (web::Data<Db>, Session),
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<ReactivationForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let by = may.clone();
    let changed = db.write(move |conn| changes::reactivate(conn, &by, &edit)).await?;
    answer((shell, &may, &db, &session), &id, Sent::Reactivation, changed).await
}

/// `POST /subscriptions/{id}/support-contact`
pub async fn support_contact(
    (shell, may): (Shell, Allowed<AssignSupport>),
    (db, session): (web::Data<Db>, Session),
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<SupportForm>,
) -> Result<HttpResponse> {
    let edit = edit_of(&id, &form.version)?;
    let parsed = form.parse();
    let sent = Sent::Support(form.support);
    let chosen = match parsed {
        Ok(chosen) => chosen,
        Err(problems) => return with_problems((shell, &may, &db), &id, &sent, problems).await,
    };
    let by = may.clone();
    let changed = db.write(move |conn| support::assign(conn, &by, &edit, &chosen)).await?;
    answer((shell, &may, &db, &session), &id, sent, changed).await
}

/// Which subscription a form changes, as of which version, and when.
pub(super) fn edit_of(id: &SubscriptionId, typed: &str) -> Result<Edit> {
    Ok(Edit { id: id.clone(), version: version(typed)?, now: Moment::now() })
}
