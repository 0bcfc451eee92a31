//! Transfers of a customer's subscriptions, for its own people: which there are, and the answer.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{AnswerOwnTransfers, ExportOwnSubscriptions};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::transfers::commands;
use crate::transfers::form::OwnAnswerForm;
use crate::transfers::model::{State, Transfer};
use crate::transfers::said::Said;
use crate::transfers::store::answering::Answered;
use crate::transfers::store::{find_own, list as store};
use crate::values::id::TransferId;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "transfers/own_list.html")]
struct OwnTransfersPage {
    shell: Shell,
    rows: Vec<Transfer>,
    pager: Pager,
    may_export: bool,
}

#[derive(Template)]
#[template(path = "transfers/own.html")]
struct OwnTransferPage {
    shell: Shell,
    transfer: Transfer,
    form: OwnAnswerForm,
    problems: Problems,
    is_over: bool,
}

/// `GET /own/transfers`
pub async fn list(
    ask: Ask<AnswerOwnTransfers>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let portion = cursor.portion();
    let page = ask.read(move |conn, by| store::own_page_of(conn, by, &portion)).await?;
    ask.page(&OwnTransfersPage {
        pager: Pager::new(&page, paths::transfers::own(), &()),
        may_export: ask.by.may::<ExportOwnSubscriptions>(),
        rows: page.rows,
        shell: ask.shell(),
    })
}

/// `GET /own/transfers/{id}`
pub async fn show(ask: Ask<AnswerOwnTransfers>, id: web::Path<TransferId>) -> Result<HttpResponse> {
    draw(&ask, *id, OwnAnswerForm::default(), Problems::default()).await
}

/// `POST /own/transfers/{id}`
pub async fn answer(
    ask: Ask<AnswerOwnTransfers>,
    id: web::Path<TransferId>,
    web::Form(form): web::Form<OwnAnswerForm>,
) -> Result<HttpResponse> {
    let typed = match form.parse(false) {
        Ok(typed) => typed,
        Err(problems) => return draw(&ask, *id, form, problems).await,
    };
    let place = paths::transfers::show_own(&id);
    match commands::answer_own(&ask, &ask.by, (*id, typed)).await? {
        Answered::Consented => {
            let partner = ask.read(move |conn, by| Ok(find_own(conn, by, &id)?.target_name)).await?;
            ask.done(&Said::Consented { partner: &partner }, place)
        }
        Answered::Refused => ask.done(&Said::Refused, place),
        Answered::Over => ask.done(&Said::Over, place),
    }
}

async fn draw(
    ask: &Ask<AnswerOwnTransfers>,
    id: TransferId,
    form: OwnAnswerForm,
    problems: Problems,
) -> Result<HttpResponse> {
    let transfer = ask.read(move |conn, by| find_own(conn, by, &id)).await?;
    let is_over = transfer.state.is_open() && transfer.is_over(Moment::now().day());
    let is_fine = problems.is_empty();
    let page = OwnTransferPage { shell: ask.shell(), transfer, form, problems, is_over };
    if is_fine { ask.page(&page) } else { ask.unprocessable(&page) }
}

impl OwnTransferPage {
    fn can_answer(&self) -> bool {
        self.transfer.state == State::Customer && !self.is_over
    }
}
