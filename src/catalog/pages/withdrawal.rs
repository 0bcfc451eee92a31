//! Withdrawing an offer and bringing it back, each with a page that says what it means.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::edit::load;
use super::offer_id;
use crate::access::permission::ManageCatalog;
use crate::catalog::commands;
use crate::catalog::model::definition::Kept;
use crate::catalog::said::Said;
use crate::catalog::store::keeping::{self, Named};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

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
pub async fn new(ask: Ask<ManageCatalog>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, today) = (offer_id(&id)?, Moment::now().day());
    let (kept, add_ons) = ask
        .read(move |conn, _| Ok((keeping::find(conn, &id, today)?, keeping::add_ons_of(conn, &id)?)))
        .await?;
    ask.page(&WithdrawalPage { shell: ask.shell(), kept, add_ons })
}

/// `POST /catalog/{id}/withdrawal`
pub async fn withdraw(ask: Ask<ManageCatalog>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = offer_id(&id)?;
    let name = commands::set_available(&ask, &ask.by, &id, false, Moment::now()).await?;
    ask.done(&Said::Withdrawn { name: &name }, paths::catalog::show(&id))
}

/// `GET /catalog/{id}/return`
pub async fn confirm_return(ask: Ask<ManageCatalog>, id: web::Path<String>) -> Result<HttpResponse> {
    let kept = load(&ask.db, &offer_id(&id)?).await?;
    ask.page(&ReturnPage { shell: ask.shell(), kept })
}

/// `POST /catalog/{id}/return`
pub async fn bring_back(ask: Ask<ManageCatalog>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = offer_id(&id)?;
    let name = commands::set_available(&ask, &ask.by, &id, true, Moment::now()).await?;
    ask.done(&Said::BroughtBack { name: &name }, paths::catalog::show(&id))
}
