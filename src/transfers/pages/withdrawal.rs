//! Withdrawing a transfer: the question, and the deed.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::WithdrawTransfers;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::transfers::commands;
use crate::transfers::form::WithdrawalForm;
use crate::transfers::model::Transfer;
use crate::transfers::said::Said;
use crate::transfers::store::withdrawing::find_started;
use crate::values::id::TransferId;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "transfers/withdrawal.html")]
struct WithdrawalPage {
    shell: Shell,
    transfer: Transfer,
    form: WithdrawalForm,
    problems: Problems,
}

/// `GET /transfers/{id}/withdrawal`
pub async fn new(ask: Ask<WithdrawTransfers>, id: web::Path<TransferId>) -> Result<HttpResponse> {
    draw(&ask, *id, WithdrawalForm::default(), Problems::default()).await
}

/// `POST /transfers/{id}/withdrawal`
pub async fn create(
    ask: Ask<WithdrawTransfers>,
    id: web::Path<TransferId>,
    web::Form(form): web::Form<WithdrawalForm>,
) -> Result<HttpResponse> {
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(problems) => return draw(&ask, *id, form, problems).await,
    };
    let is_withdrawn = commands::withdraw(&ask, &ask.by, (*id, reason)).await?;
    let said = if is_withdrawn { Said::Withdrawn } else { Said::Over };
    ask.done(&said, paths::transfers::show(&id))
}

async fn draw(
    ask: &Ask<WithdrawTransfers>,
    id: TransferId,
    form: WithdrawalForm,
    problems: Problems,
) -> Result<HttpResponse> {
    let transfer = ask.read(move |conn, by| find_started(conn, by, &id)).await?;
    if !transfer.state.is_open() {
        return ask.done(&Said::Over, paths::transfers::show(&id));
    }
    let is_fine = problems.is_empty();
    let page = WithdrawalPage { shell: ask.shell(), transfer, form, problems };
    if is_fine { ask.page(&page) } else { ask.unprocessable(&page) }
}
