//! The question before what a file did is taken back.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::batch_id;
use crate::access::permission::SeeDrafts;
use crate::batches::commands;
use crate::batches::form::ReturnForm;
use crate::batches::model::Batch;
use crate::batches::said::Said;
use crate::batches::store::row;
use crate::error::Result;
use crate::existing::store::OfCustomers;
use crate::language::filters;
use crate::paths;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "existing/taking_back.html")]
struct TakingBackPage {
    shell: Shell,
    batch: Batch,
}

/// `GET /existing-customers/{id}/taking-back`
pub async fn confirm(ask: Ask<SeeDrafts>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let (batch, _) = ask.read(move |conn, by| row::find::<OfCustomers>(conn, by, &id)).await?;
    ask.page(&TakingBackPage { shell: ask.shell(), batch })
}

/// `POST /existing-customers/{id}/taking-back`
pub async fn take_back(
    ask: Ask<SeeDrafts>,
    id: web::Path<String>,
    web::Form(form): web::Form<ReturnForm>,
) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let only_rest = form.only_rest();
    let is_begun = commands::take_back::<OfCustomers>(&ask, &ask.by, (id, only_rest)).await?;
    ask.done(&Said::of_taking_back(is_begun, only_rest), paths::existing::show(&id))
}
