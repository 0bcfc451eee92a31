//! Remove reseller relationship: what stands in the way, what goes and what stays, when, and the letter; then the question.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::customer_id;
use crate::access::permission::EndRelationships;
use crate::customers::model::Customer;
use crate::endings::commands;
use crate::endings::form::{EndForm, Entered};
use crate::endings::letters::ended::begin;
use crate::endings::model::Ending;
use crate::endings::said::Said;
use crate::endings::store::planning::{Decided, Wish};
use crate::endings::store::question::{self, Question};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::subscriptions::model::Reason;
use crate::subscriptions::model::rules::kept_until;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, see_other};

#[derive(Template)]
#[template(path = "endings/end.html")]
struct EndPage {
    shell: Shell,
    question: Question,
    form: EndForm,
    problems: Problems,
    /// The reason that was chosen for suspending all.
    reason: String,
    /// Somebody planned, changed or gave up something since the page was drawn.
    is_stale: bool,
    /// The end was to come at once, and something stands in the way.
    is_hindered: bool,
    /// Until when data is kept of what is suspended today.
    kept_until: NaiveDate,
    /// The first day on which no order can be cancelled any more.
    earliest: Option<NaiveDate>,
}

#[derive(Template)]
#[template(path = "endings/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    question: Question,
    form: EndForm,
    entered: Entered,
    /// For so many days it can be reinstated.
    days: i64,
    until: Moment,
}

/// `GET /customers/{id}/end`
pub async fn new(ask: Ask<EndRelationships>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    let question = find(&ask, &id).await?;
    if question.customer.ended_at.is_some() {
        return Ok(see_other(paths::customers::account(&id)));
    }
    ask.page(&EndPage::fresh(&ask, question)?)
}

/// `POST /customers/{id}/end`
pub async fn create(
    ask: Ask<EndRelationships>,
    id: web::Path<String>,
    web::Form(form): web::Form<EndForm>,
) -> Result<HttpResponse> {
    let (id, now) = (customer_id(&id)?, Moment::now());
    let question = find(&ask, &id).await?;
    let name = question.customer.account.company_name.clone();
    if question.customer.ended_at.is_some() {
        return ask.done(&Said::EndedBefore { customer: &name }, paths::customers::account(&id));
    }
    let (ending, version) = form.ending()?;
    let entered = match form.parse(now, ask.by.zone) {
        Ok(entered) => entered,
        Err(problems) => {
            let again = EndPage::of(&ask, question, form);
            return ask.unprocessable(&EndPage { problems, ..again });
        }
    };
    if form.then == "back" {
        return ask.page(&EndPage::of(&ask, question, form));
    }
    if entered.day.is_none() && !question.obstacles.is_empty() && form.then != "confirmed" {
        let again = EndPage::of(&ask, question, form);
        return ask.unprocessable(&EndPage { is_hindered: true, ..again });
    }
    if form.then != "confirmed" {
        let days = ask.site.reinstate_days;
        let until = entered.day.map_or(now, |(_, at)| at).plus_days(days);
        return ask.page(&ConfirmPage { shell: ask.shell(), question, form, entered, days, until });
    }
    let wish = Wish {
        customer: id,
        id: ending,
        version,
        day: entered.day,
        letter: entered.letter,
        tells: entered.tells,
        installation: ask.site.name.clone(),
    };
    let said = match commands::end(&ask, &ask.by, (&question.customer, wish), now).await? {
        Decided::Ended => Said::Ended { customer: &name },
        Decided::Before => Said::EndedBefore { customer: &name },
        Decided::Planned => Said::Planned,
        Decided::Stale => return stale(&ask, &id, form).await,
        Decided::Hindered(_) => {
            let again = EndPage::of(&ask, find(&ask, &id).await?, form);
            return ask.with_status(StatusCode::CONFLICT, &EndPage { is_hindered: true, ..again });
        }
    };
    ask.done(&said, paths::customers::account(&id))
}

/// The page with what was typed, over the plan that stands now.
async fn stale(ask: &Ask<EndRelationships>, id: &CustomerId, form: EndForm) -> Result<HttpResponse> {
    let question = find(ask, id).await?;
    let now = EndPage::fresh(ask, question)?;
    let form = EndForm { ending: now.form.ending.clone(), version: now.form.version.clone(), ..form };
    ask.with_status(StatusCode::CONFLICT, &EndPage { form, is_stale: true, ..now })
}

/// The page again, since no reason was chosen for suspending all.
pub(super) async fn without_reason(
    ask: &Ask<EndRelationships>,
    id: &CustomerId,
    (reason, problems): (String, Problems),
) -> Result<HttpResponse> {
    let question = find(ask, id).await?;
    let again = EndPage::fresh(ask, question)?;
    ask.unprocessable(&EndPage { reason, problems, ..again })
}

async fn find(ask: &Ask<EndRelationships>, id: &CustomerId) -> Result<Question> {
    let (id, now) = (*id, Moment::now());
    ask.read(move |conn, by| question::find(conn, by, &id, now)).await
}

impl EndPage {
    fn fresh(ask: &Ask<EndRelationships>, question: Question) -> Result<Self> {
        let begun = begin(&ask.by, &question.customer, ask.language())?;
        let form = EndForm::of(question.plan.as_ref(), &begun);
        Ok(Self::of(ask, question, form))
    }

    fn of(ask: &Ask<EndRelationships>, question: Question, form: EndForm) -> Self {
        Self {
            shell: ask.shell(),
            earliest: question.obstacles.earliest(ask.by.zone),
            question,
            form,
            problems: Problems::default(),
            reason: String::new(),
            is_stale: false,
            is_hindered: false,
            kept_until: kept_until(Moment::now().day()),
        }
    }

    fn customer(&self) -> &Customer {
        &self.question.customer
    }

    fn plan(&self) -> Option<&Ending> {
        self.question.plan.as_ref()
    }

    fn reasons(&self) -> &'static [Reason] {
        Reason::ALL
    }
}
