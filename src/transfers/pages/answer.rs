//! The answer of a partner: chosen on one page, which then shows what it will do before the last click.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{AcceptTransfers, RefuseTransfers};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::subscriptions::model::Cost;
use crate::transfers::commands;
use crate::transfers::form::{Decision, DecisionForm, Step};
use crate::transfers::model::{Item, Kind, Side, Transfer};
use crate::transfers::said::Said;
use crate::transfers::store::deciding::Decided;
use crate::transfers::store::find_for;
use crate::transfers::store::ready::{self, Ready};
use crate::values::id::TransferId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "transfers/answer.html")]
struct AnswerPage {
    shell: Shell,
    transfer: Transfer,
    ready: Ready,
    form: DecisionForm,
    problems: Problems,
    may_accept: bool,
}

/// What it will do.
#[derive(Template)]
#[template(path = "transfers/answer_review.html")]
struct AnswerReviewPage {
    shell: Shell,
    transfer: Transfer,
    form: DecisionForm,
    decision: Decision,
}

type Asking = Ask<RefuseTransfers>;

/// `GET /transfers/{id}/answer`
pub async fn new(ask: Asking, id: web::Path<TransferId>) -> Result<HttpResponse> {
    let Some((transfer, ready)) = waiting(&ask, *id).await? else { return over(&ask, &id) };
    let form = DecisionForm::fresh(&transfer);
    draw(&ask, (transfer, ready), form, Problems::default())
}

/// `POST /transfers/{id}/answer`
pub async fn create(
    ask: Asking,
    id: web::Path<TransferId>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = DecisionForm::of(pairs);
    let Some((transfer, ready)) = waiting(&ask, *id).await? else { return over(&ask, &id) };
    match (form.step, form.parse(&transfer)?) {
        (Step::Back, _) => draw(&ask, (transfer, ready), form, Problems::default()),
        (_, Err(problems)) => draw(&ask, (transfer, ready), form, problems),
        (_, Ok(decision)) if decision.version != transfer.version => over(&ask, &id),
        (Step::Look, Ok(decision)) => {
            let page = AnswerReviewPage { shell: ask.shell(), transfer, form, decision };
            ask.page(&page)
        }
        (Step::Do, Ok(decision)) => decide(&ask, (transfer, ready), form, decision).await,
    }
}

async fn decide(
    ask: &Asking,
    (transfer, ready): (Transfer, Ready),
    form: DecisionForm,
    decision: Decision,
) -> Result<HttpResponse> {
    let place = paths::transfers::show(&transfer.id);
    match commands::decide(ask, &ask.by, (transfer.id, decision)).await? {
        Decided::Approved => ask.done(&Said::Approved { partner: &transfer.target_name }, place),
        Decided::Moved(moved, failed) => ask.done(&Said::Accepted { moved, failed }, place),
        Decided::Failed => ask.done(&Said::Failed, place),
        Decided::Refused => ask.done(&Said::Refused, place),
        Decided::Over => ask.done(&Said::Over, place),
        Decided::NotReady => {
            let page = page_of(ask, (transfer, ready), form, Problems::default());
            ask.with_status(StatusCode::CONFLICT, &page)
        }
    }
}

/// The file with what is needed, as long as it waits for the viewer's organisation.
async fn waiting(ask: &Asking, id: TransferId) -> Result<Option<(Transfer, Ready)>> {
    let today = Moment::now().day();
    ask.read(move |conn, by| {
        let transfer = find_for(conn, by, &id)?;
        // Whoever started it has nothing to answer, and what a partner elsewhere does is recorded.
        if transfer.kind == Kind::Outside {
            return Err(Error::NotFound);
        }
        if !transfer.waits_for(&by.organisation.id) || transfer.is_over(today) {
            return Ok(None);
        }
        let ready = ready::of(conn, &transfer)?;
        Ok(Some((transfer, ready)))
    })
    .await
}

fn draw(
    ask: &Asking,
    waiting: (Transfer, Ready),
    form: DecisionForm,
    problems: Problems,
) -> Result<HttpResponse> {
    let page = page_of(ask, waiting, form, problems);
    if page.problems.is_empty() { ask.page(&page) } else { ask.unprocessable(&page) }
}

fn page_of(
    ask: &Asking,
    (transfer, ready): (Transfer, Ready),
    form: DecisionForm,
    problems: Problems,
) -> AnswerPage {
    let may_accept = ask.by.may::<AcceptTransfers>();
    AnswerPage { shell: ask.shell(), transfer, ready, form, problems, may_accept }
}

fn over(ask: &Asking, id: &TransferId) -> Result<HttpResponse> {
    ask.done(&Said::Over, paths::transfers::show(id))
}

impl AnswerPage {
    fn is_of_provider(&self) -> bool {
        self.transfer.state.side() == Some(Side::Provider)
    }

    /// What a field of the form is about: the subscription in its name.
    fn name_of(&self, field: &str) -> String {
        let of = |item: &&Item| field.ends_with(item.subscription.as_str());
        self.transfer.bases().find(of).map(|item| item.nickname.clone()).unwrap_or_default()
    }

    /// Whether anything can be taken over now, by whoever looks.
    fn can_accept(&self) -> bool {
        self.may_accept && (self.ready.is_ready() || self.is_of_provider())
    }
}

impl AnswerReviewPage {
    fn is_of_provider(&self) -> bool {
        self.transfer.state.side() == Some(Side::Provider)
    }

    fn is_accepted(&self, base: &Item) -> bool {
        self.decision.accepted.contains(&base.subscription)
    }

    /// Everything that moves.
    fn accepted(&self) -> impl Iterator<Item = &Item> {
        let is_accepted =
            |item: &&Item| self.decision.accepted.contains(&item.parent.unwrap_or(item.subscription));
        self.transfer.items.iter().filter(is_accepted)
    }

    fn count(&self) -> usize {
        self.accepted().count()
    }

    /// What it costs from then on, as far as that is known, where all is in one currency.
    fn cost(&self) -> Option<Cost> {
        let mut currencies = self.accepted().map(|item| item.unit_price.currency);
        let first = currencies.next()?;
        currencies.all(|one| one == first).then(|| Transfer::cost_of(self.accepted())).flatten()
    }
}
