//! Deactivating and restoring a member, and ending their sign-ins.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::show::again;
use super::{member, person_id};
use crate::access::permission::{ManagePeople, OpenAccounts};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::people::model::Member;
use crate::people::said::Said;
use crate::people::store::change;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "people/deactivation.html")]
struct DeactivationPage {
    shell: Shell,
    member: Member,
}

/// `GET /people/{id}/deactivation`
pub async fn confirm(ask: Ask<ManagePeople>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = person_id(&id)?;
    let member = member(&ask, &id).await?;
    match change::hindrance(&ask.by, &member) {
        Some(refusal) => again(&ask, &id, refusal).await,
        None => ask.page(&DeactivationPage { shell: ask.shell(), member }),
    }
}

/// `POST /people/{id}/deactivation`
pub async fn deactivate(ask: Ask<ManagePeople>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, now) = (person_id(&id)?, Moment::now());
    let of = id;
    match ask.write(move |conn, by| change::deactivate(conn, by, &of, now)).await? {
        Ok(()) => ask.done(&Said::Deactivated, paths::people::show(&id)),
        Err(refusal) => again(&ask, &id, refusal).await,
    }
}

/// `POST /people/{id}/restoration`
pub async fn restore(ask: Ask<OpenAccounts>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, now) = (person_id(&id)?, Moment::now());
    let of = id;
    match ask.write(move |conn, by| change::restore(conn, by, &of, now)).await? {
        Ok(()) => ask.done(&Said::Restored, paths::people::show(&id)),
        Err(refusal) => again(&ask, &id, refusal).await,
    }
}

/// `POST /people/{id}/sign-ins/end`
pub async fn end_sign_ins(ask: Ask<ManagePeople>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, now) = (person_id(&id)?, Moment::now());
    let of = id;
    match ask.write(move |conn, by| change::end_sign_ins(conn, by, &of, now)).await? {
        Ok(_) => ask.done(&Said::SignedOut, paths::people::show(&id)),
        Err(refusal) => again(&ask, &id, refusal).await,
    }
}
