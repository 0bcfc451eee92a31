//! What clears the way for an end, and giving a plan up.

use actix_web::{HttpResponse, web};

use super::{customer_id, ending};
use crate::access::Allowed;
use crate::access::permission::{EndRelationships, ManageSubscriptions, SeeDrafts};
use crate::endings::form::PlanForm;
use crate::endings::said::Said;
use crate::endings::store::{planning, remedies};
use crate::error::Result;
use crate::paths;
use crate::subscriptions::form::SuspensionForm;
use crate::values::moment::Moment;
use crate::web::{Ask, version};

/// `POST /customers/{id}/end/suspension`
pub async fn suspend(
    ask: Ask<EndRelationships>,
    manages: Allowed<ManageSubscriptions>,
    id: web::Path<String>,
    web::Form(form): web::Form<SuspensionForm>,
) -> Result<HttpResponse> {
    let (id, now) = (customer_id(&id)?, Moment::now());
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(problems) => return ending::without_reason(&ask, &id, (form.reason, problems)).await,
    };
    let count =
        ask.write(move |conn, by| remedies::suspend_all(conn, (by, &manages), (&id, reason), now)).await?;
    ask.done(&Said::Suspended { count }, paths::endings::end(&id))
}

/// `POST /customers/{id}/end/drafts`
pub async fn drop_drafts(
    ask: Ask<EndRelationships>,
    sees: Allowed<SeeDrafts>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, now) = (customer_id(&id)?, Moment::now());
    let count = ask.write(move |conn, by| remedies::drop_drafts(conn, (by, &sees), &id, now)).await?;
    ask.done(&Said::DraftsDropped { count }, paths::endings::end(&id))
}

/// `POST /customers/{id}/end/plan`: gives the plan up.
pub async fn drop_plan(
    ask: Ask<EndRelationships>,
    id: web::Path<String>,
    web::Form(form): web::Form<PlanForm>,
) -> Result<HttpResponse> {
    let (id, now) = (customer_id(&id)?, Moment::now());
    let shown = version::read_or_none(&form.version);
    let is_dropped = ask.write(move |conn, by| planning::drop_plan(conn, by, (&id, shown), now)).await?;
    let said = if is_dropped { Said::PlanDropped } else { Said::PlanGone };
    ask.done(&said, paths::customers::account(&id))
}
