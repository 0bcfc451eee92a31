//! Which offer takes the place of another one, what that costs, and what came of the licenses.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono::NaiveDate;

use super::form::UpgradeForm;
use super::model::{Barrier, Target, Upgrade, Wanted};
use super::said::Said;
use super::store::{self, Question, Replaced, Upgraded};
use crate::access::permission::UpgradeSubscriptions;
use crate::catalog::wrong::of_offer;
use crate::error::Result;
use crate::language::filters;
use crate::licenses::model::Refusal;
use crate::paths;
use crate::subscriptions::model::purchase::{self, Term};
use crate::subscriptions::model::{Cost, is_unusual};
use crate::subscriptions::store::details::Details;
use crate::subscriptions::store::edit::Edit;
use crate::users::wrong::Wrong;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;
use crate::web::{Ask, Problems, Shell, version};

#[derive(Template)]
#[template(path = "upgrades/upgrade.html")]
struct UpgradePage {
    shell: Shell,
    details: Details,
    answer: Result<Upgrade, Barrier>,
    form: UpgradeForm,
    /// What is to be read before it is done.
    wanted: Option<Wanted>,
    problems: Problems,
    /// The subscription or a price has changed since the page was read.
    is_stale: bool,
    /// From more than so many on, the quantity is typed twice.
    limit: Quantity,
    today: NaiveDate,
}

#[derive(Template)]
#[template(path = "upgrades/upgraded.html")]
struct UpgradedPage {
    shell: Shell,
    details: Details,
    replaced: Box<Replaced>,
}

/// `GET /subscriptions/{id}/upgrade`
pub async fn new(ask: Ask<UpgradeSubscriptions>, id: web::Path<SubscriptionId>) -> Result<HttpResponse> {
    let page = UpgradePage::new(&ask, question(&ask, &id).await?);
    ask.page(&page)
}

/// `POST /subscriptions/{id}/upgrade`: first asks, then does.
pub async fn create(
    ask: Ask<UpgradeSubscriptions>,
    id: web::Path<SubscriptionId>,
    web::Form(form): web::Form<UpgradeForm>,
) -> Result<HttpResponse> {
    let edit = Edit { id: *id, version: version::read(&form.version)?, now: Moment::now() };
    let mut page = UpgradePage::new(&ask, question(&ask, &id).await?);
    let (is_confirmed, mark) = (form.is_confirmed(), form.mark.clone());
    let parsed = match &page.answer {
        // What could be chosen is closed by now: the page says why.
        Ok(upgrade) if upgrade.possible().count() == 0 => return ask.unprocessable(&page),
        Ok(upgrade) => form.parse(upgrade),
        // Perhaps it was done before: the store knows.
        Err(_) if is_confirmed => Ok(Wanted::none()),
        Err(_) => return ask.unprocessable(&page),
    };
    page.form = form;
    let wanted = match parsed {
        Ok(wanted) => wanted,
        Err(problems) => {
            page.problems = page.named(&problems);
            return ask.unprocessable(&page);
        }
    };
    if page.answer.is_ok() {
        page.wanted = Some(wanted);
        if !is_confirmed {
            return ask.page(&page);
        }
        if let Some(problems) = page.repeated(wanted).err() {
            return ask.unprocessable(&UpgradePage { problems, ..page });
        }
    }
    let upgraded = ask.write(move |conn, by| store::upgrade(conn, by, &edit, (wanted, &mark))).await?;
    page.answered(&ask, upgraded).await
}

async fn question(ask: &Ask<UpgradeSubscriptions>, id: &SubscriptionId) -> Result<Question> {
    let (id, now) = (*id, Moment::now());
    ask.read(move |conn, by| store::question(conn, by, &id, now)).await
}

impl UpgradePage {
    fn new(ask: &Ask<UpgradeSubscriptions>, question: Question) -> Self {
        let form = question.answer.as_ref().map(UpgradeForm::of).unwrap_or_default();
        Self {
            shell: ask.shell(),
            details: question.details,
            answer: question.answer,
            form,
            wanted: None,
            problems: Problems::default(),
            is_stale: false,
            limit: Quantity::of(ask.site.large_quantity),
            today: Moment::now().day(),
        }
    }

    async fn answered(self, ask: &Ask<UpgradeSubscriptions>, upgraded: Upgraded) -> Result<HttpResponse> {
        match upgraded {
            Upgraded::Done(replaced) => {
                ask.page(&UpgradedPage { shell: ask.shell(), details: self.details, replaced })
            }
            Upgraded::Already(next) => ask.done(&Said::Already, paths::subscriptions::show(&next)),
            Upgraded::Stale => {
                let now = Self::new(ask, question(ask, &self.details.subscription.id).await?);
                let form = UpgradeForm { version: now.form.version.clone(), ..self.form };
                ask.with_status(StatusCode::CONFLICT, &Self { form, is_stale: true, ..now })
            }
            Upgraded::Refused(barrier) => ask.unprocessable(&Self { answer: Err(barrier), ..self }),
        }
    }

    /// The problems, the bounds of the chosen offer named as such.
    fn named(&self, problems: &Problems) -> Problems {
        let mut named = Problems::default();
        for (field, problem) in problems.all() {
            let unit = self.details.subscription.unit;
            named.on(field, of_offer(problem.clone(), unit, &self.form.quantity));
        }
        named
    }

    fn is_typed_twice(&self, wanted: Wanted) -> bool {
        is_unusual(self.details.subscription.quantity, wanted.how.quantity, self.limit.get())
    }

    fn repeated(&self, wanted: Wanted) -> Result<(), Problems> {
        if self.is_typed_twice(wanted) { self.form.repeats(wanted.how.quantity) } else { Ok(()) }
    }

    /// What is chosen, with what it costs and until when its term runs.
    fn chosen<'a>(&self, upgrade: &'a Upgrade) -> Option<Chosen<'a>> {
        let wanted = self.wanted?;
        let target = upgrade.target(&wanted.target)?;
        let (how, listed) = (wanted.how, &target.listed);
        Some(Chosen {
            target,
            wanted: how,
            price: how.unit_price(listed)?,
            cost: how.cost(listed)?,
            term: how.term(target.offer(), self.today),
            mark: how.mark(listed),
            is_typed_twice: self.is_typed_twice(wanted),
        })
    }

    fn before(&self) -> Cost {
        self.details.subscription.cost_of(self.details.subscription.quantity)
    }
}

/// What is to be bought.
struct Chosen<'a> {
    target: &'a Target,
    wanted: purchase::Wanted,
    price: Money,
    cost: Cost,
    term: Term,
    mark: String,
    is_typed_twice: bool,
}

impl UpgradedPage {
    fn moved(&self) -> usize {
        self.replaced.outcomes.iter().filter(|outcome| outcome.result.is_ok()).count()
    }

    fn refused(&self) -> usize {
        self.replaced.outcomes.len() - self.moved()
    }

    fn why(&self, refusal: &Refusal) -> Problem {
        Wrong::License(refusal.clone()).into()
    }
}
