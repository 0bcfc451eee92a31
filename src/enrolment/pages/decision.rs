//! Approve, and Refuse with a reason.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::show::ShowPage;
use crate::access::permission::DecideEnrolments;
use crate::enrolment::commands::decision;
use crate::enrolment::form::{DetailsForm, RefusalForm, SeenForm};
use crate::enrolment::model::Enrolment;
use crate::enrolment::said::Said;
use crate::enrolment::store::decision::Decided;
use crate::enrolment::store::list::find;
use crate::error::Result;
use crate::paths;
use crate::values::id::EnrolmentId;
use crate::web::{Ask, version};

/// `POST /operator/enrolments/{id}/approval`
pub async fn approve(
    ask: Ask<DecideEnrolments>,
    id: web::Path<EnrolmentId>,
    web::Form(form): web::Form<SeenForm>,
) -> Result<HttpResponse> {
    let enrolment = look(&ask, &id).await?;
    let Ok(details) = DetailsForm::from_json(&enrolment.form).parse() else {
        return again(&ask, &id).await;
    };
    let seen = (&enrolment, version::read_or_none(&form.version));
    let said = match decision::approve(&ask, &ask.by, seen, &details).await? {
        Decided::Done => Said::Approved { company: &details.company },
        Decided::Changed => Said::DecidedAlready,
        Decided::Obstacle(_) => return again(&ask, &id).await,
    };
    ask.done(&said, paths::enrolment::show(&id))
}

/// `POST /operator/enrolments/{id}/refusal`
pub async fn refuse(
    ask: Ask<DecideEnrolments>,
    id: web::Path<EnrolmentId>,
    web::Form(form): web::Form<RefusalForm>,
) -> Result<HttpResponse> {
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(problems) => {
            let shown = ShowPage::of(&ask, &id).await?;
            return ask.unprocessable(&ShowPage { refusal: form, problems, ..shown });
        }
    };
    let enrolment = look(&ask, &id).await?;
    let seen = (&enrolment, version::read_or_none(&form.version));
    match decision::refuse(&ask, &ask.by, seen, reason).await? {
        Decided::Done => {
            let said = Said::Refused { company: &enrolment.company_name };
            ask.done(&said, paths::enrolment::show(&id))
        }
        Decided::Changed | Decided::Obstacle(_) => {
            let shown = ShowPage::of(&ask, &id).await?;
            let shown = ShowPage { refusal: form, is_changed: true, ..shown };
            ask.with_status(StatusCode::CONFLICT, &shown)
        }
    }
}

async fn look(ask: &Ask<DecideEnrolments>, id: &EnrolmentId) -> Result<Enrolment> {
    let id = *id;
    ask.read(move |conn, by| find(conn, by, &id)).await
}

/// The page again, which says what is in the way.
async fn again(ask: &Ask<DecideEnrolments>, id: &EnrolmentId) -> Result<HttpResponse> {
    ask.with_status(StatusCode::CONFLICT, &ShowPage::of(ask, id).await?)
}
