//! A partner that is none of this installation: the form that it gets, and recording that it has the subscriptions.

use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use crate::access::permission::{SeeTransfers, StartTransfers};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::partners::model::profile::Details;
use crate::partners::store::profile;
use crate::paths;
use crate::transfers::commands;
use crate::transfers::form::{RecordForm, Recorded, Step};
use crate::transfers::model::{Kind, Side, State, Transfer};
use crate::transfers::said::Said;
use crate::transfers::store::find;
use crate::transfers::store::recording::{Handed, earliest, find_waiting};
use crate::values::id::TransferId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

/// Everything about the file, to be printed, signed and sent.
#[derive(Template)]
#[template(path = "transfers/form.html")]
struct FormPage {
    shell: Shell,
    transfer: Transfer,
    /// Of whoever gives the subscriptions away.
    source: Details,
}

#[derive(Template)]
#[template(path = "transfers/recording.html")]
struct RecordingPage {
    shell: Shell,
    transfer: Transfer,
    form: RecordForm,
    problems: Problems,
    /// What is about to be recorded, where it only has to be confirmed.
    recorded: Option<Recorded>,
}

type Asking = Ask<StartTransfers>;

/// `GET /transfers/{id}/form`
pub async fn form(ask: Ask<SeeTransfers>, id: web::Path<TransferId>) -> Result<HttpResponse> {
    let (transfer, source) = ask
        .read(move |conn, by| {
            let transfer = find(conn, by, &id)?;
            if transfer.kind != Kind::Outside {
                return Err(Error::NotFound);
            }
            let source = profile::find(conn, &transfer.source.id)?.details;
            Ok((transfer, source))
        })
        .await?;
    ask.page(&FormPage { shell: ask.shell(), transfer, source })
}

/// `GET /transfers/{id}/recording`
pub async fn new(ask: Asking, id: web::Path<TransferId>) -> Result<HttpResponse> {
    let Some(transfer) = waiting(&ask, *id).await? else { return over(&ask, &id) };
    let (version, on) = (transfer.version.to_string(), Moment::now().day().to_string());
    let form = RecordForm { version, on, ..RecordForm::default() };
    draw(&ask, transfer, form, Problems::default())
}

/// `POST /transfers/{id}/recording`
pub async fn create(
    ask: Asking,
    id: web::Path<TransferId>,
    web::Form(form): web::Form<RecordForm>,
) -> Result<HttpResponse> {
    let Some(transfer) = waiting(&ask, *id).await? else { return over(&ask, &id) };
    let recorded = match form.parse((earliest(&transfer), today()))? {
        Ok(recorded) => recorded,
        Err(problems) if form.step() != Step::Back => return draw(&ask, transfer, form, problems),
        Err(_) => return draw(&ask, transfer, form, Problems::default()),
    };
    match form.step() {
        Step::Back => draw(&ask, transfer, form, Problems::default()),
        Step::Look => {
            let (shell, problems, recorded) = (ask.shell(), Problems::default(), Some(recorded));
            ask.page(&RecordingPage { shell, transfer, form, problems, recorded })
        }
        Step::Do => record(&ask, *id, recorded).await,
    }
}

async fn record(ask: &Asking, id: TransferId, recorded: Recorded) -> Result<HttpResponse> {
    let said = match commands::record(ask, &ask.by, (id, recorded)).await? {
        Handed::Done(moved, failed) => Said::Recorded { moved, failed },
        Handed::Failed => Said::Failed,
        Handed::Over => Said::Over,
    };
    ask.done(&said, paths::transfers::show(&id))
}

async fn waiting(ask: &Asking, id: TransferId) -> Result<Option<Transfer>> {
    let transfer = ask.read(move |conn, by| find_waiting(conn, by, &id)).await?;
    Ok(Some(transfer).filter(|transfer| transfer.state == State::Partner))
}

fn draw(ask: &Asking, transfer: Transfer, form: RecordForm, problems: Problems) -> Result<HttpResponse> {
    let is_fine = problems.is_empty();
    let page = RecordingPage { shell: ask.shell(), transfer, form, problems, recorded: None };
    if is_fine { ask.page(&page) } else { ask.unprocessable(&page) }
}

fn over(ask: &Asking, id: &TransferId) -> Result<HttpResponse> {
    ask.done(&Said::Over, paths::transfers::show(id))
}

fn today() -> NaiveDate {
    Moment::now().day()
}

impl FormPage {
    /// Who consented for the customer, once somebody has.
    fn consent(&self) -> Option<(&str, Moment)> {
        let answer = self.transfer.answer_of(Side::Customer).filter(|answer| answer.is_yes)?;
        Some((answer.by_name.as_str(), answer.at))
    }
}
