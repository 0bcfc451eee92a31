//! Which resellers, when, and what goes with it, for all that is selected: chosen on one page, which then shows the
//! consequences in numbers and the letters before the last click.

mod review;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use self::review::ReviewPage;
use crate::access::permission::{AssociateResellers, EndDelegations, HandCustomersOver};
use crate::error::Result;
use crate::handovers::commands;
use crate::handovers::form::{Beginning, HandoverForm, Wish};
use crate::handovers::said::Said;
use crate::handovers::store::beginning::{Begun, demand};
use crate::handovers::store::sampling::{self, Question};
use crate::language::filters;
use crate::partnerships::directory::Partner;
use crate::paths;
use crate::relationships::form::{Letters, Step};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::{Ask, Count, Problems, Shell};

#[derive(Template)]
#[template(path = "handovers/new.html")]
struct NewHandoverPage {
    shell: Shell,
    question: Question,
    form: HandoverForm,
    problems: Problems,
}

type Asking = Ask<HandCustomersOver>;

/// `GET /customers/handovers/new`
pub async fn new(ask: Asking, beginning: web::Query<Beginning>) -> Result<HttpResponse> {
    let form = HandoverForm { selection: beginning.selection.clone(), ..HandoverForm::default() };
    let form = HandoverForm::fresh(&form.selection()?);
    draw(&ask, form, Problems::default()).await
}

/// `POST /customers/handovers/new`
pub async fn create(ask: Asking, web::Form(pairs): web::Form<Vec<(String, String)>>) -> Result<HttpResponse> {
    let form = HandoverForm::of(pairs);
    let parsed = form.parse(Moment::now().day())?;
    match (form.step, parsed) {
        (Step::Back, _) => draw(&ask, form, Problems::default()).await,
        (_, Err(problems)) => refused(&ask, form, problems).await,
        (Step::Look, Ok(wish)) => look(&ask, form, wish).await,
        (Step::Do, Ok(wish)) => begin(&ask, form, wish).await,
    }
}

async fn draw(ask: &Asking, form: HandoverForm, problems: Problems) -> Result<HttpResponse> {
    let Some(question) = question(ask, &form, None).await? else { return nothing_selected(ask) };
    let is_fine = problems.is_empty();
    let page = NewHandoverPage { shell: ask.shell(), question, form, problems };
    if is_fine { ask.page(&page) } else { ask.unprocessable(&page) }
}

/// The consequences and the letters, before anything is done.
async fn look(ask: &Asking, form: HandoverForm, wish: Wish) -> Result<HttpResponse> {
    demand(&ask.by, &wish)?;
    let Some(question) = question(ask, &form, Some(&wish)).await? else { return nothing_selected(ask) };
    if let Some((field, problem)) = unknown(&question, &wish) {
        return draw(ask, form, (field, problem).into()).await;
    }
    let drafts = commands::drafts(ask, (&ask.by, ask.language()), &question, &wish).await?;
    let form = HandoverForm { shown: question.sample.mark(), ..form.with_drafts(&drafts) };
    ask.page(&ReviewPage::new(ask.shell(), (&ask.by, &question), form, &wish))
}

async fn begin(ask: &Asking, form: HandoverForm, wish: Wish) -> Result<HttpResponse> {
    let id = wish.id;
    match commands::begin(ask, &ask.by, wish.clone()).await? {
        Begun::Now => ask.done(&Said::Begun, paths::handovers::show(&id)),
        Begun::Before => ask.done(&Said::Before, paths::handovers::show(&id)),
        Begun::NothingSelected => nothing_selected(ask),
        Begun::OtherSelection => {
            let Some(question) = question(ask, &form, Some(&wish)).await? else {
                return nothing_selected(ask);
            };
            let form = HandoverForm { shown: question.sample.mark(), ..form };
            let page = ReviewPage::new(ask.shell(), (&ask.by, &question), form, &wish);
            ask.with_status(StatusCode::CONFLICT, &page.of_other_selection())
        }
        Begun::Refused(field, problem) => draw(ask, form, (field, problem).into()).await,
    }
}

/// The same page again, because what was sent cannot be taken: the step on which that stands.
async fn refused(ask: &Asking, form: HandoverForm, problems: Problems) -> Result<HttpResponse> {
    let is_of_letters = problems.all().all(|(field, _)| Letters::has_field(field));
    let choices = HandoverForm { letters: Letters::default(), ..form.clone() };
    match choices.parse(Moment::now().day())? {
        Ok(wish) if is_of_letters => {
            let Some(question) = question(ask, &form, Some(&wish)).await? else {
                return nothing_selected(ask);
            };
            let page = ReviewPage::new(ask.shell(), (&ask.by, &question), form, &wish);
            ask.unprocessable(&page.with(problems))
        }
        _ => draw(ask, form, problems).await,
    }
}

fn nothing_selected(ask: &Asking) -> Result<HttpResponse> {
    ask.done(&Said::NothingSelected, paths::customers::list())
}

async fn question(ask: &Asking, form: &HandoverForm, wish: Option<&Wish>) -> Result<Option<Question>> {
    let selection = form.selection()?;
    let (former, reseller) = wish.map_or((None, None), |wish| (wish.former, wish.reseller));
    ask.read(move |conn, by| sampling::question(conn, by, &selection, (former.as_ref(), reseller.as_ref())))
        .await
}

/// What was chosen and cannot be.
fn unknown(question: &Question, wish: &Wish) -> Option<(&'static str, Problem)> {
    if wish.former.is_some() && question.former_name(wish.former.as_ref()).is_none() {
        return Some(("former", Problem::UnknownChoice));
    }
    let reseller: &OrganisationId = wish.reseller.as_ref()?;
    match question.partners.iter().find(|partner| partner.reseller == *reseller) {
        None => Some(("reseller", Problem::NotInPartnership)),
        Some(partner) => partner.lack().map(|lack| ("reseller", lack.problem())),
    }
}

impl NewHandoverPage {
    fn choices(&self) -> impl Iterator<Item = &Partner> {
        self.question.partners.iter().filter(|partner| partner.is_eligible())
    }

    fn may_join(&self) -> bool {
        self.shell.may::<AssociateResellers>() && self.choices().next().is_some()
    }

    fn may_leave(&self) -> bool {
        self.shell.may::<EndDelegations>() && !self.question.formers.is_empty()
    }

    /// How many are selected, as far as they were looked at.
    fn count(&self) -> Count {
        count(self.question.sample.customers.len(), self.question.sample.has_more)
    }
}

fn count(number: usize, has_more: bool) -> Count {
    if has_more { Count::MoreThan(number) } else { Count::Exactly(number) }
}
