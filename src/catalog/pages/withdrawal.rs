//! Withdrawing an offer and bringing it back, each with a page that says what it means.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::edit::load;
use super::offer_id;
use crate::access::Allowed;
use crate::access::permission::ManageCatalog;
use crate::catalog::model::definition::Kept;
use crate::catalog::said::Said;
use crate::catalog::store::keeping::{self, Named};
use crate::db::Db;
use crate::error::Result;
use crate::paths;
use crate::values::id::OfferId;
use crate::values::moment::Moment;
use crate::web::{Shell, page, say, see_other};

#[derive(Template)]
#[template(path = "catalog/withdrawal.html")]
struct WithdrawalPage {
    shell: Shell,
    kept: Kept,
    add_ons: Vec<Named>,
}

#[derive(Template)]
#[template(path = "catalog/return.html")]
struct ReturnPage {
    shell: Shell,
    kept: Kept,
}

/// `GET /catalog/{id}/withdrawal`
pub async fn new(
    shell: Shell,
    _may: Allowed<ManageCatalog>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = offer_id(&id)?;
    let (kept, add_ons) =
        db.read(move |conn| Ok((keeping::find(conn, &id)?, keeping::add_ons_of(conn, &id)?))).await?;
    page(&WithdrawalPage { shell, kept, add_ons })
}

/// `POST /catalog/{id}/withdrawal`
pub async fn withdraw(
    (shell, session): (Shell, Session),
    may: Allowed<ManageCatalog>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = offer_id(&id)?;
    let name = set(&db, may, &id, false).await?;
    say(&session, &shell, &Said::Withdrawn { name: &name })?;
    Ok(see_other(paths::catalog::show(&id)))
}

/// `GET /catalog/{id}/return`
pub async fn confirm_return(
    shell: Shell,
    _may: Allowed<ManageCatalog>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let kept = load(&db, &offer_id(&id)?).await?;
    page(&ReturnPage { shell, kept })
}

/// `POST /catalog/{id}/return`
pub async fn bring_back(
    (shell, session): (Shell, Session),
    may: Allowed<ManageCatalog>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = offer_id(&id)?;
    let name = set(&db, may, &id, true).await?;
    say(&session, &shell, &Said::BroughtBack { name: &name })?;
    Ok(see_other(paths::catalog::show(&id)))
}

/// The offer's name, once it is as wanted.
async fn set(db: &Db, may: Allowed<ManageCatalog>, id: &OfferId, is_available: bool) -> Result<String> {
    let (id, now) = (id.clone(), Moment::now());
    db.write(move |conn| {
        keeping::set_available(conn, &may, &id, is_available, now)?;
        Ok(keeping::find(conn, &id)?.definition.name)
    })
    .await
}
