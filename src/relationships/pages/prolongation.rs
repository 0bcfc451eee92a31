//! Another last day for a delegation, or none.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::parsed;
use crate::access::permission::AssociateResellers;
use crate::customers::model::{Customer, Delegation};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::relationships::form::ProlongationForm;
use crate::relationships::model::Obstacle;
use crate::relationships::said::Said;
use crate::relationships::store::prolonging::{self, Prolonged};
use crate::relationships::wrong::Wrong;
use crate::values::id::{CustomerId, DelegationId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::{Ask, Problems, Shell};

#[derive(Template)]
#[template(path = "relationships/prolongation.html")]
struct ProlongationPage {
    shell: Shell,
    customer: Customer,
    delegation: Delegation,
    form: ProlongationForm,
    problems: Problems,
    /// Somebody was faster.
    is_stale: bool,
    /// Why it cannot be prolonged.
    obstacle: Option<Obstacle>,
}

/// `GET /customers/{id}/relationships/{delegation}/prolongation`
pub async fn edit(ask: Ask<AssociateResellers>, ids: web::Path<(String, String)>) -> Result<HttpResponse> {
    let page = ProlongationPage::load(&ask, parsed(&ids)?).await?;
    ask.page(&page)
}

/// `POST /customers/{id}/relationships/{delegation}/prolongation`
pub async fn update(
    ask: Ask<AssociateResellers>,
    ids: web::Path<(String, String)>,
    web::Form(form): web::Form<ProlongationForm>,
) -> Result<HttpResponse> {
    let (customer, delegation) = parsed(&ids)?;
    let (shown, now) = (form.shown()?, Moment::now());
    let ends_on = match form.parse(now.day()) {
        Ok(ends_on) => ends_on,
        Err(problems) => {
            let page = ProlongationPage::load(&ask, (customer, delegation)).await?;
            return ask.unprocessable(&ProlongationPage { form, problems, ..page });
        }
    };
    let of = (customer, delegation);
    let prolonged = ask
        .write(move |conn, by| prolonging::prolong(conn, by, (&of.0, &of.1), (shown, ends_on), now))
        .await?;
    let page = ProlongationPage::load(&ask, (customer, delegation)).await?;
    let said = match prolonged {
        Prolonged::Now => Said::Prolonged { reseller: &page.delegation.reseller_name },
        Prolonged::Same => Said::NothingChanged,
        Prolonged::Earlier => {
            let problems = ("ends_on", Problem::from(Wrong::EndsEarlier)).into();
            return ask.unprocessable(&ProlongationPage { form, problems, ..page });
        }
        Prolonged::Refused(_) => return ask.unprocessable(&ProlongationPage { form, ..page }),
        Prolonged::Stale => {
            let form = ProlongationForm { shown: page.form.shown.clone(), ..form };
            let again = ProlongationPage { form, is_stale: true, ..page };
            return ask.with_status(StatusCode::CONFLICT, &again);
        }
    };
    ask.done(&said, paths::relationships::of_customer(&customer))
}

impl ProlongationPage {
    async fn load(
        ask: &Ask<AssociateResellers>,
        (customer, delegation): (CustomerId, DelegationId),
    ) -> Result<Self> {
        let (customer, delegation) =
            ask.read(move |conn, by| prolonging::facts(conn, by, &customer, &delegation)).await?;
        let form = ProlongationForm::of(delegation.ends_on);
        let (obstacle, shell) = (prolonging::obstacle(&customer), ask.shell());
        let problems = Problems::default();
        Ok(Self { shell, customer, delegation, form, problems, is_stale: false, obstacle })
    }
}
