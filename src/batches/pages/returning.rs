//! The question before what a file did is taken back.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::batch_id;
use crate::access::permission::ManageUsers;
use crate::batches::commands;
use crate::batches::form::ReturnForm;
use crate::batches::model::Batch;
use crate::batches::of_users::OfUsers;
use crate::batches::said::Said;
use crate::batches::store::row;
use crate::customers::model::Customer;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "batches/taking_back.html")]
struct TakingBackPage {
    shell: Shell,
    batch: Batch,
    customer: Customer,
}

/// `GET /uploads/{id}/taking-back`
pub async fn confirm(ask: Ask<ManageUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let (batch, OfUsers { customer }) = ask.read(move |conn, by| row::find(conn, by, &id)).await?;
    ask.page(&TakingBackPage { shell: ask.shell(), batch, customer })
}

/// `POST /uploads/{id}/taking-back`
pub async fn take_back(
    ask: Ask<ManageUsers>,
    id: web::Path<String>,
    web::Form(form): web::Form<ReturnForm>,
) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let only_rest = form.only_rest();
    let is_begun = commands::take_back::<OfUsers>(&ask, &ask.by, (id, only_rest)).await?;
    ask.done(&Said::of_taking_back(is_begun, only_rest), paths::batches::show(&id))
}
