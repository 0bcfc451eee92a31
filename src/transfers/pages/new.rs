//! Starting a transfer: to whom and what, chosen on one page, which then shows what it will do before the last click.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::StartTransfers;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::transfers::commands;
use crate::transfers::form::{StartForm, Step, Wish};
use crate::transfers::model::{Family, Kind};
use crate::transfers::said::Said;
use crate::transfers::store::candidates::{Question, question};
use crate::transfers::store::starting::{Plan, Started, plan};
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "transfers/new.html")]
struct NewTransferPage {
    shell: Shell,
    question: Question,
    form: StartForm,
    problems: Problems,
}

/// What it will do.
#[derive(Template)]
#[template(path = "transfers/review.html")]
struct ReviewPage {
    shell: Shell,
    plan: Plan,
    form: StartForm,
    wish: Wish,
    own: OrganisationId,
    /// What was chosen stands otherwise than it was shown.
    is_changed: bool,
}

type Asking = Ask<StartTransfers>;

/// `GET /customers/{id}/transfers/new`
pub async fn new(ask: Asking, id: web::Path<CustomerId>) -> Result<HttpResponse> {
    draw(&ask, *id, StartForm::fresh(Moment::now().day()), Problems::default()).await
}

/// `POST /customers/{id}/transfers/new`
pub async fn create(
    ask: Asking,
    id: web::Path<CustomerId>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let form = StartForm::of(pairs);
    match (form.step, form.parse(&id, Moment::now().day())?) {
        (Step::Back, _) => draw(&ask, *id, form, Problems::default()).await,
        (_, Err(problems)) => draw(&ask, *id, form, problems).await,
        (Step::Look, Ok(wish)) => review(&ask, form, wish, false).await,
        (Step::Do, Ok(wish)) => start(&ask, form, wish).await,
    }
}

async fn draw(ask: &Asking, id: CustomerId, form: StartForm, problems: Problems) -> Result<HttpResponse> {
    let now = Moment::now();
    let question = ask.read(move |conn, by| question(conn, by, &id, now)).await?;
    let is_fine = problems.is_empty();
    let page = NewTransferPage { shell: ask.shell(), question, form, problems };
    if is_fine { ask.page(&page) } else { ask.unprocessable(&page) }
}

async fn review(ask: &Asking, form: StartForm, wish: Wish, is_changed: bool) -> Result<HttpResponse> {
    let (sent, now) = (wish.clone(), Moment::now());
    match ask.read(move |conn, by| plan(conn, by, &sent, now)).await? {
        Err(problems) => draw(ask, wish.customer, form, problems).await,
        Ok(plan) => {
            let form = StartForm { shown: plan.mark(), ..form };
            let own = ask.by.organisation.id;
            let page = ReviewPage { shell: ask.shell(), plan, form, wish, own, is_changed };
            if is_changed { ask.with_status(StatusCode::CONFLICT, &page) } else { ask.page(&page) }
        }
    }
}

async fn start(ask: &Asking, form: StartForm, wish: Wish) -> Result<HttpResponse> {
    let place = paths::transfers::show(&wish.id);
    match commands::start(ask, &ask.by, wish.clone()).await? {
        Started::Now(partner) => ask.done(&Said::Started { partner: &partner }, place),
        Started::Before => ask.done(&Said::Before, place),
        Started::Changed => review(ask, form, wish, true).await,
        Started::Refused(problems) => draw(ask, wish.customer, form, problems).await,
    }
}

impl NewTransferPage {
    fn is_provider(&self) -> bool {
        self.shell.viewer.as_ref().is_some_and(|viewer| viewer.is_provider())
    }

    /// Whether anything can be chosen.
    fn has_any(&self) -> bool {
        self.question.families.iter().any(|family| family.obstacle.is_none())
    }
}

impl ReviewPage {
    fn count(&self) -> usize {
        self.plan.chosen.iter().map(|family| family.all().count()).sum()
    }

    /// Whether one's own provider is asked, too.
    fn asks_provider(&self) -> bool {
        self.plan.partner.kind == Kind::Reseller && self.plan.question.customer.provider != self.own
    }

    fn asks_customer(&self) -> bool {
        self.plan.partner.kind != Kind::Reseller
    }

    fn families(&self) -> &[Family] {
        &self.plan.chosen
    }
}
