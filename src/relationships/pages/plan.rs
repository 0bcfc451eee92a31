//! Dropping what was planned: a question first, then the deed.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::DropDelegationPlans;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::relationships::model::Plan;
use crate::relationships::said::Said;
use crate::relationships::store::plans::{self, Dropped};
use crate::values::id::{CustomerId, DelegationPlanId};
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "relationships/plan_removal.html")]
struct PlanRemovalPage {
    shell: Shell,
    plan: Plan,
}

/// `GET /customers/{id}/relationships/plans/{plan}/removal`
pub async fn new(ask: Ask<DropDelegationPlans>, ids: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (customer, id) = parsed(&ids)?;
    let plan = ask.read(move |conn, by| plans::find(conn, by, &customer, &id)).await?;
    ask.page(&PlanRemovalPage { shell: ask.shell(), plan })
}

/// `POST /customers/{id}/relationships/plans/{plan}/removal`
pub async fn create(ask: Ask<DropDelegationPlans>, ids: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (customer, id) = parsed(&ids)?;
    let now = Moment::now();
    let dropped = ask.write(move |conn, by| plans::drop_plan(conn, by, (&customer, &id), now)).await?;
    let said = match dropped {
        Dropped::Now => Said::PlanDropped,
        Dropped::TooLate => Said::PlanDroppedTooLate,
    };
    ask.done(&said, paths::relationships::of_customer(&customer))
}

fn parsed((customer, plan): &(String, String)) -> Result<(CustomerId, DelegationPlanId)> {
    Ok((customer_id(customer)?, DelegationPlanId::parse(plan).ok_or(Error::NotFound)?))
}
