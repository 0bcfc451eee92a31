//! Deactivating and restoring a member, and ending their sign-ins.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::person_id;
use super::show::again;
use crate::access::Allowed;
use crate::access::permission::{ManagePeople, OpenAccounts};
use crate::db::Db;
use crate::error::Result;
use crate::paths;
use crate::people::model::Member;
use crate::people::said::Said;
use crate::people::store::change;
use crate::people::store::list::find;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::web::{Shell, page, say, see_other};

#[derive(Template)]
#[template(path = "people/deactivation.html")]
struct DeactivationPage {
    shell: Shell,
    member: Member,
}

/// `GET /people/{id}/deactivation`
pub async fn confirm(
    shell: Shell,
    may: Allowed<ManagePeople>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = person_id(&id)?;
    let (own, wanted) = (may.organisation.id.clone(), id.clone());
    let member = db.read(move |conn| find(conn, &own, &wanted)).await?;
    if let Some(refusal) = change::hindrance(&may, &member) {
        return again(shell, &may, &db, &id, refusal).await;
    }
    page(&DeactivationPage { shell, member })
}

/// `POST /people/{id}/deactivation`
pub async fn deactivate(
    shell: Shell,
    may: Allowed<ManagePeople>,
    (db, session): (web::Data<Db>, Session),
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, by, now) = (person_id(&id)?, may.clone(), Moment::now());
    let of = id.clone();
    match db.write(move |conn| change::deactivate(conn, &by, &of, now)).await? {
        Ok(()) => done(&session, &shell, &Said::Deactivated, &id),
        Err(refusal) => again(shell, &may, &db, &id, refusal).await,
    }
}

/// `POST /people/{id}/restoration`
pub async fn restore(
    shell: Shell,
    may: Allowed<OpenAccounts>,
    (db, session): (web::Data<Db>, Session),
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, by, now) = (person_id(&id)?, may.clone(), Moment::now());
    let of = id.clone();
    match db.write(move |conn| change::restore(conn, &by, &of, now)).await? {
        Ok(()) => done(&session, &shell, &Said::Restored, &id),
        Err(refusal) => again(shell, &may, &db, &id, refusal).await,
    }
}

/// `POST /people/{id}/sign-ins/end`
pub async fn end_sign_ins(
    shell: Shell,
    may: Allowed<ManagePeople>,
    (db, session): (web::Data<Db>, Session),
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, by, now) = (person_id(&id)?, may.clone(), Moment::now());
    let of = id.clone();
    match db.write(move |conn| change::end_sign_ins(conn, &by, &of, now)).await? {
        Ok(_) => done(&session, &shell, &Said::SignedOut, &id),
        Err(refusal) => again(shell, &may, &db, &id, refusal).await,
    }
}

fn done(session: &Session, shell: &Shell, said: &Said, id: &PersonId) -> Result<HttpResponse> {
    say(session, shell, said)?;
    Ok(see_other(paths::people::show(id)))
}
