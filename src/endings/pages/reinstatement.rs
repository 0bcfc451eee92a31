//! Reinstate: what comes back, the consent to delegated administration, and the subscriptions that are active again.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::Allowed;
use crate::access::permission::{RaiseSubscriptions, ReinstateCustomers};
use crate::endings::form::ComebackForm;
use crate::endings::said::Said;
use crate::endings::store::comeback::{self, Comeback};
use crate::endings::store::reinstating::{self, Reinstated, Wish};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::subscriptions::model::Subscription;
use crate::subscriptions::model::rules::Refusal;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::values::money::Money;
use crate::web::{Ask, Problems, Shell, see_other, version};

#[derive(Template)]
#[template(path = "endings/reinstate.html")]
struct ReinstatePage {
    shell: Shell,
    back: Comeback,
    form: ComebackForm,
    problems: Problems,
    until: Moment,
    /// The time for it is over.
    is_late: bool,
    /// The end or a subscription is not as the page showed it.
    is_stale: bool,
    /// The subscription that cannot be active again, and why.
    refused: Option<(String, Refusal)>,
}

/// `GET /customers/{id}/reinstatement`
pub async fn new(ask: Ask<ReinstateCustomers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    let Some(back) = find(&ask, &id).await? else { return Ok(see_other(paths::customers::account(&id))) };
    let form = ComebackForm::of(&back.customer.account, back.ending.version);
    ask.page(&ReinstatePage::of(&ask, back, form))
}

/// `POST /customers/{id}/reinstatement`
pub async fn create(
    ask: Ask<ReinstateCustomers>,
    raises: Allowed<RaiseSubscriptions>,
    id: web::Path<String>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let (id, now, form) = (customer_id(&id)?, Moment::now(), ComebackForm::read(pairs));
    let Some(back) = find(&ask, &id).await? else { return lasts(&ask, &id).await };
    let account = &back.customer.account;
    let today = now.at(ask.by.zone).date_naive();
    let is_withdrawn = back.withdrawn_at().is_some();
    let consent = match form.parse((account.country, is_withdrawn), today) {
        Ok(consent) => consent,
        Err(problems) => {
            let again = ReinstatePage::of(&ask, back, form);
            return ask.unprocessable(&ReinstatePage { problems, ..again });
        }
    };
    let wish = Wish {
        customer: id,
        version: version::read_or_none(&form.version),
        consent,
        reactivated: form.ticked.clone(),
        days: ask.site.reinstate_days,
    };
    let done = ask.write(move |conn, by| reinstating::reinstate(conn, (by, &raises), &wish, now)).await?;
    match done {
        Reinstated::Done => {
            let said = Said::Reinstated { customer: &back.customer.account.company_name };
            ask.done(&said, paths::customers::account(&id))
        }
        Reinstated::Before => lasts(&ask, &id).await,
        Reinstated::TooLate => ask.unprocessable(&ReinstatePage::of(&ask, back, form)),
        Reinstated::Refused(one, refusal) => {
            let name = back.subscriptions.iter().find(|it| it.id == one).map(|it| it.nickname.clone());
            let again = ReinstatePage::of(&ask, back, form);
            ask.unprocessable(&ReinstatePage { refused: name.map(|name| (name, refusal)), ..again })
        }
        Reinstated::Stale => {
            let Some(back) = find(&ask, &id).await? else { return lasts(&ask, &id).await };
            let form = ComebackForm { version: back.ending.version.to_string(), ..form };
            let again = ReinstatePage::of(&ask, back, form);
            ask.with_status(StatusCode::CONFLICT, &ReinstatePage { is_stale: true, ..again })
        }
    }
}

/// Somebody was faster, or pressed twice.
async fn lasts(ask: &Ask<ReinstateCustomers>, id: &CustomerId) -> Result<HttpResponse> {
    let wanted = *id;
    let customer =
        ask.read(move |conn, by| crate::customers::store::find(conn, &by.reach(), &wanted)).await?;
    ask.done(&Said::Lasts { customer: &customer.account.company_name }, paths::customers::account(id))
}

async fn find(ask: &Ask<ReinstateCustomers>, id: &CustomerId) -> Result<Option<Comeback>> {
    let (id, now) = (*id, Moment::now());
    ask.read(move |conn, by| comeback::find(conn, by, &id, now)).await
}

impl ReinstatePage {
    fn of(ask: &Ask<ReinstateCustomers>, back: Comeback, form: ComebackForm) -> Self {
        let now = Moment::now();
        let until = back.ending.reinstatable_until(ask.site.reinstate_days).unwrap_or(now);
        Self {
            shell: ask.shell(),
            back,
            form,
            problems: Problems::default(),
            is_late: until < now,
            until,
            is_stale: false,
            refused: None,
        }
    }

    /// What ticks a subscription: itself, as of the version that the page shows.
    fn tick(&self, one: &Subscription) -> String {
        format!("{}:{}", one.id, one.version)
    }

    /// What a subscription costs a month once it is active again.
    fn month(&self, one: &Subscription) -> Money {
        one.cost_of(one.quantity).month
    }

    /// The base that an add-on needs to be active again first, if it rests.
    fn base_of(&self, one: &Subscription) -> Option<&Subscription> {
        let parent = one.parent.as_ref()?;
        self.back.subscriptions.iter().find(|base| base.id == *parent)
    }
}
