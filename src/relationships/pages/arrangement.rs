//! Who is to administer a customer, from when until when, who earns and who helps: chosen on one page, which then shows
//! the consequences and the letters before the last click.

mod review;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use self::review::ReviewPage;
use super::{customer_id, parsed};
use crate::access::Permission;
use crate::access::permission::{AssociateResellers, EndDelegations};
use crate::customers::facts::demand_lasting;
use crate::error::Result;
use crate::language::filters;
use crate::partnerships::directory::Partner;
use crate::paths;
use crate::relationships::commands;
use crate::relationships::form::{ArrangementForm, Beginning, Letters, NOBODY, Step};
use crate::relationships::model::{Obstacle, Wish};
use crate::relationships::said::Said;
use crate::relationships::store::arranging::{Arranged, Parts};
use crate::relationships::store::facts::{Facts, find_facts};
use crate::subscriptions::model::Subscription;
use crate::values::id::{CustomerId, DelegationId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::{Ask, Problems, Shell};

/// So many partners that cannot be chosen are named with what they lack; the eligibility page has all.
const SHOWN: usize = 20;
/// So many subscriptions can be ticked.
const TICKS: usize = 200;

#[derive(Template)]
#[template(path = "relationships/arrangement.html")]
struct ArrangementPage {
    shell: Shell,
    facts: Facts,
    form: ArrangementForm,
    problems: Problems,
    refused: Option<Obstacle>,
    /// Who looks after the customer has changed since the form was drawn.
    is_stale: bool,
}

/// `GET /customers/{id}/relationships/new`
pub async fn new(
    ask: Ask<AssociateResellers>,
    id: web::Path<String>,
    beginning: web::Query<Beginning>,
) -> Result<HttpResponse> {
    show(&ask, (customer_id(&id)?, None), &beginning).await
}

/// `POST /customers/{id}/relationships/new`
pub async fn create(
    ask: Ask<AssociateResellers>,
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    take(&ask, (customer_id(&id)?, None), ArrangementForm::of(pairs)).await
}

/// `GET /customers/{id}/relationships/{delegation}/change`
pub async fn edit(
    ask: Ask<EndDelegations>,
    ids: web::Path<(String, String)>,
    beginning: web::Query<Beginning>,
) -> Result<HttpResponse> {
    let (customer, delegation) = parsed(&ids)?;
    show(&ask, (customer, Some(delegation)), &beginning).await
}

/// `POST /customers/{id}/relationships/{delegation}/change`
pub async fn update(
    ask: Ask<EndDelegations>,
    ids: web::Path<(String, String)>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (customer, delegation) = parsed(&ids)?;
    take(&ask, (customer, Some(delegation)), ArrangementForm::of(pairs)).await
}

/// A customer, and the delegation that is to end.
type About = (CustomerId, Option<DelegationId>);

async fn show<P: Permission>(ask: &Ask<P>, about: About, beginning: &Beginning) -> Result<HttpResponse> {
    let facts = facts(ask, about).await?;
    let planned = facts.plan.as_ref().filter(|plan| plan.id.as_str() == beginning.plan);
    let form = match planned {
        Some(plan) => ArrangementForm::of_plan(plan, facts.mark()),
        None => {
            // What is decided here comes in the place of what is planned, and the page says so.
            let replaces = facts.plan.as_ref().map(|plan| plan.id.to_string()).unwrap_or_default();
            let reseller = beginning.reseller.clone();
            ArrangementForm { reseller, replaces, ..ArrangementForm::fresh(facts.mark()) }
        }
    };
    ask.page(&ArrangementPage::new(ask.shell(), facts, form))
}

/// What was sent, for whichever of the two steps.
async fn take<P: Permission>(ask: &Ask<P>, about: About, form: ArrangementForm) -> Result<HttpResponse> {
    let parsed = form.parse((&about.0, about.1.as_ref()), Moment::now().day())?;
    if form.step == Step::Back {
        let facts = facts(ask, about).await?;
        return ask.page(&ArrangementPage::new(ask.shell(), facts, form));
    }
    let wish = match parsed {
        Ok(wish) => wish,
        Err(problems) => return refused(ask, about, form, problems).await,
    };
    match form.step {
        Step::Look | Step::Back => look(ask, about, form, wish).await,
        Step::Do => carry_out(ask, about, form, wish).await,
    }
}

/// The consequences and the letters, before anything is done.
async fn look<P: Permission>(
    ask: &Ask<P>,
    about: About,
    form: ArrangementForm,
    wish: Wish,
) -> Result<HttpResponse> {
    Parts::of(&wish.arrangement).demand(&ask.by)?;
    let facts = facts(ask, about).await?;
    if facts.mark() != form.mark {
        return stale(ask, facts, form);
    }
    let chosen = wish.arrangement.reseller.as_ref().map(|id| facts.partner(id));
    let problem = chosen.and_then(|chosen| {
        chosen.map_or(Some(Problem::NotInPartnership), |partner| facts.hindrance(partner))
    });
    if let Some(problem) = problem {
        return refused(ask, about, form, ("reseller", problem).into()).await;
    }
    let drafts = commands::drafts(ask, &ask.by, &facts, &wish).await?;
    ask.page(&ReviewPage::new(ask.shell(), facts, form.with_drafts(&drafts), &wish))
}

async fn carry_out<P: Permission>(
    ask: &Ask<P>,
    about: About,
    form: ArrangementForm,
    wish: Wish,
) -> Result<HttpResponse> {
    let arranged = commands::arrange(ask, &ask.by, wish).await?;
    let said = match &arranged {
        Arranged::Now { reseller: Some(reseller), former: None } => Said::Associated { reseller },
        Arranged::Now { reseller: Some(reseller), former: Some(former) } => {
            Said::Replaced { reseller, former }
        }
        Arranged::Now { reseller: None, former: Some(former) } => Said::Ended { former },
        Arranged::Now { reseller: None, former: None } => Said::NothingChanged,
        Arranged::Planned => Said::Planned,
        Arranged::Before => Said::Before,
        Arranged::Stale => return stale(ask, facts(ask, about).await?, form),
        Arranged::Refused(why) => {
            let page = ArrangementPage::new(ask.shell(), facts(ask, about).await?, form);
            let page = match &why.lack {
                Some(lack) => ArrangementPage { problems: ("reseller", lack.clone()).into(), ..page },
                None => ArrangementPage { refused: Some(why.obstacle), ..page },
            };
            return ask.unprocessable(&page);
        }
    };
    ask.done(&said, paths::relationships::of_customer(&about.0))
}

/// The same page again, because what was sent cannot be taken: the step on which that stands.
async fn refused<P: Permission>(
    ask: &Ask<P>,
    about: About,
    form: ArrangementForm,
    problems: Problems,
) -> Result<HttpResponse> {
    let facts = facts(ask, about).await?;
    let is_of_letters = problems.all().all(|(field, _)| Letters::has_field(field));
    let choices = ArrangementForm { letters: Letters::default(), ..form.clone() };
    let parsed = choices.parse((&about.0, about.1.as_ref()), Moment::now().day())?;
    match parsed {
        Ok(wish) if is_of_letters => {
            ask.unprocessable(&ReviewPage::new(ask.shell(), facts, form, &wish).with(problems))
        }
        _ => {
            let page = ArrangementPage::new(ask.shell(), facts, form);
            ask.unprocessable(&ArrangementPage { problems, ..page })
        }
    }
}

/// Both versions: what was sent, and how it stands now. Sent again, it is meant.
fn stale<P: Permission>(ask: &Ask<P>, facts: Facts, form: ArrangementForm) -> Result<HttpResponse> {
    let replaces = facts.plan.as_ref().map(|plan| plan.id.to_string()).unwrap_or_default();
    let fresh = ArrangementForm::fresh(facts.mark());
    let form = ArrangementForm {
        mark: fresh.mark,
        delegation: fresh.delegation,
        plan: fresh.plan,
        replaces,
        ..form
    };
    let page = ArrangementPage::new(ask.shell(), facts, form);
    ask.with_status(StatusCode::CONFLICT, &ArrangementPage { is_stale: true, ..page })
}

async fn facts<P: Permission>(ask: &Ask<P>, (customer, former): About) -> Result<Facts> {
    ask.read(move |conn, by| {
        let facts = find_facts(conn, &by.organisation.id, &customer, former.as_ref())?;
        demand_lasting(conn, &customer)?;
        Ok(facts)
    })
    .await
}

impl ArrangementPage {
    fn new(shell: Shell, facts: Facts, form: ArrangementForm) -> Self {
        Self { shell, facts, form, problems: Problems::default(), refused: None, is_stale: false }
    }

    fn action(&self) -> String {
        action(&self.facts)
    }

    fn choices(&self) -> impl Iterator<Item = &Partner> {
        self.facts.partners.iter().filter(|partner| self.facts.hindrance(partner).is_none())
    }

    /// Whether there is anything to choose: one that may be let in, or nobody in place of the former one.
    fn has_choices(&self) -> bool {
        self.facts.former.is_some() || self.choices().next().is_some()
    }

    fn may_associate(&self) -> bool {
        self.shell.may::<AssociateResellers>()
    }

    /// Partners that cannot be chosen, each with the reason.
    fn hindered(&self) -> impl Iterator<Item = (&Partner, Problem)> {
        self.facts.partners.iter().filter_map(|partner| Some((partner, self.facts.hindrance(partner)?)))
    }

    /// As many of them as are named here.
    fn ineligible(&self) -> impl Iterator<Item = (&Partner, Problem)> {
        self.hindered().take(SHOWN)
    }

    /// How many more cannot be chosen.
    fn further(&self) -> usize {
        self.hindered().count().saturating_sub(SHOWN)
    }

    /// The name of the one that was chosen, if it still can be.
    fn chosen(&self) -> Option<&str> {
        let is_chosen = |partner: &&Partner| partner.reseller.as_str() == self.form.reseller;
        self.facts.partners.iter().find(is_chosen).map(|partner| partner.name.as_str())
    }

    fn tickable(&self) -> impl Iterator<Item = &Subscription> {
        self.facts.subscriptions.iter().take(TICKS)
    }

    fn further_subscriptions(&self) -> usize {
        self.facts.subscriptions.len().saturating_sub(TICKS)
    }
}

/// Where both steps are sent.
fn action(facts: &Facts) -> String {
    let customer = &facts.customer.id;
    match &facts.former {
        Some(former) => paths::relationships::change(customer, &former.id),
        None => paths::relationships::new(customer),
    }
}
