//! Letting a reseller administer a customer that is there already, alone or in another one's place.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use super::delegation::parsed;
use crate::access::Allowed;
use crate::access::permission::{AssociateResellers, EndDelegations};
use crate::customers::form::AssociationForm;
use crate::customers::said::Said;
use crate::customers::store::association::{self, Associated, Association, Wish};
use crate::error::Result;
use crate::language::filters;
use crate::partnerships::directory::Partner;
use crate::paths;
use crate::values::id::{CustomerId, DelegationId};
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, Visit};

/// So many partners that cannot be chosen are named with what they lack; the eligibility page has all.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "customers/association.html")]
struct AssociationPage {
    shell: Shell,
    facts: Association,
    form: AssociationForm,
    problems: Problems,
    /// Who administers the customer has changed since the form was drawn.
    is_stale: bool,
}

/// `GET /customers/{id}/delegations/new`
pub async fn new(ask: Ask<AssociateResellers>, id: web::Path<String>) -> Result<HttpResponse> {
    let facts = facts(&ask, &customer_id(&id)?, None).await?;
    ask.page(&AssociationPage::fresh(ask.shell(), facts))
}

/// `POST /customers/{id}/delegations/new`
pub async fn create(
    ask: Ask<AssociateResellers>,
    id: web::Path<String>,
    web::Form(form): web::Form<AssociationForm>,
) -> Result<HttpResponse> {
    let customer = customer_id(&id)?;
    let wish = match wish(&customer, &form)? {
        Ok(wish) => wish,
        Err(problems) => {
            let facts = facts(&ask, &customer, None).await?;
            return refused(&ask, facts, form, problems);
        }
    };
    let now = Moment::now();
    let associated = ask.write(move |conn, by| association::associate(conn, by, &wish, now)).await?;
    answer(&ask, (&customer, None), form, associated).await
}

/// `GET /customers/{id}/delegations/{delegation id}/replacement`
pub async fn edit(
    ask: Ask<AssociateResellers>,
    _end: Allowed<EndDelegations>,
    ids: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (customer, delegation) = parsed(&ids)?;
    let facts = facts(&ask, &customer, Some(&delegation)).await?;
    ask.page(&AssociationPage::fresh(ask.shell(), facts))
}

/// `POST /customers/{id}/delegations/{delegation id}/replacement`
pub async fn update(
    ask: Ask<AssociateResellers>,
    end: Allowed<EndDelegations>,
    ids: web::Path<(String, String)>,
    web::Form(form): web::Form<AssociationForm>,
) -> Result<HttpResponse> {
    let (customer, delegation) = parsed(&ids)?;
    let wish = match wish(&customer, &form)? {
        Ok(wish) => wish,
        Err(problems) => {
            let facts = facts(&ask, &customer, Some(&delegation)).await?;
            return refused(&ask, facts, form, problems);
        }
    };
    let (replaced, now) = (delegation, Moment::now());
    let associated =
        ask.write(move |conn, by| association::replace(conn, (by, &end), &wish, &replaced, now)).await?;
    answer(&ask, (&customer, Some(&delegation)), form, associated).await
}

fn wish(customer: &CustomerId, form: &AssociationForm) -> Result<Result<Wish, Problems>> {
    let delegation = form.id()?;
    let wish = |reseller| Wish { customer: *customer, delegation, reseller, mark: form.mark.clone() };
    Ok(form.parse().map(wish))
}

async fn answer(
    ask: &Ask<AssociateResellers>,
    (customer, replaced): (&CustomerId, Option<&DelegationId>),
    form: AssociationForm,
    associated: Associated,
) -> Result<HttpResponse> {
    let said = match &associated {
        Associated::Now { reseller, replaced: None } => Said::Associated { reseller },
        Associated::Now { reseller, replaced: Some(former) } => Said::Replaced { reseller, former },
        Associated::Before { reseller } => Said::AssociatedBefore { reseller },
        Associated::Wrong(problem) => {
            let facts = facts(ask, customer, replaced).await?;
            return refused(ask, facts, form, ("reseller", problem.clone()).into());
        }
        Associated::Stale => {
            let facts = facts(ask, customer, replaced).await?;
            let form = AssociationForm { reseller: form.reseller, ..fresh(&facts) };
            let (shell, problems) = (ask.shell(), Problems::default());
            let again = AssociationPage { shell, facts, form, problems, is_stale: true };
            return ask.with_status(StatusCode::CONFLICT, &again);
        }
    };
    ask.done(&said, paths::customers::account(customer))
}

/// The same page again, because what was sent cannot be taken.
fn refused(
    visit: &Visit,
    facts: Association,
    form: AssociationForm,
    problems: Problems,
) -> Result<HttpResponse> {
    let shell = visit.shell();
    visit.unprocessable(&AssociationPage { shell, facts, form, problems, is_stale: false })
}

async fn facts(
    ask: &Ask<AssociateResellers>,
    customer: &CustomerId,
    replaced: Option<&DelegationId>,
) -> Result<Association> {
    let (customer, replaced) = (*customer, replaced.cloned());
    ask.read(move |conn, by| association::facts(conn, by, &customer, replaced.as_ref())).await
}

fn fresh(facts: &Association) -> AssociationForm {
    AssociationForm {
        delegation: DelegationId::new().to_string(),
        mark: facts.mark(),
        reseller: String::new(),
    }
}

impl AssociationPage {
    fn fresh(shell: Shell, facts: Association) -> Self {
        let form = fresh(&facts);
        Self { shell, facts, form, problems: Problems::default(), is_stale: false }
    }

    fn action(&self) -> String {
        let customer = &self.facts.customer.id;
        match &self.facts.replaced {
            Some(ending) => paths::customers::replace_delegation(customer, &ending.delegation.id),
            None => paths::customers::new_delegation(customer),
        }
    }

    fn choices(&self) -> impl Iterator<Item = &Partner> {
        self.facts.partners.iter().filter(|partner| partner.is_eligible())
    }

    fn has_choices(&self) -> bool {
        self.choices().next().is_some()
    }

    /// Partners that cannot be chosen, as many as are named here.
    fn ineligible(&self) -> impl Iterator<Item = &Partner> {
        self.facts.partners.iter().filter(|partner| !partner.is_eligible()).take(SHOWN)
    }

    /// How many more cannot be chosen.
    fn further(&self) -> usize {
        self.facts.partners.iter().filter(|partner| !partner.is_eligible()).count().saturating_sub(SHOWN)
    }

    /// The name of the one that was chosen, if it still can be.
    fn chosen(&self) -> Option<&str> {
        let is_chosen = |partner: &&Partner| partner.reseller.as_str() == self.form.reseller;
        self.facts.partners.iter().find(is_chosen).map(|partner| partner.name.as_str())
    }
}
