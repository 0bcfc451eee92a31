//! Review, and handing in.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::Linked;
use crate::enrolment::commands::handing_in;
use crate::enrolment::form::{DetailsForm, SeenForm};
use crate::enrolment::model::{Details, Enrolment};
use crate::enrolment::said::Said;
use crate::enrolment::store::details::check;
use crate::enrolment::store::handing_in::HandedIn;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::token::Token;
use crate::web::page::unlisted;
use crate::web::{Shell, Visit, see_other, version};

#[derive(Template)]
#[template(path = "enrolment/review.html")]
struct ReviewPage {
    shell: Shell,
    token: Token,
    enrolment: Enrolment,
    form: DetailsForm,
    /// The email address has an account by now, so there is nothing to hand in.
    is_email_taken: bool,
}

/// `GET /enrolment/{token}/review`
pub async fn show(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    match complete(&visit, &token).await? {
        Ok((linked, _)) => review(&visit, linked, StatusCode::OK, false),
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// `POST /enrolment/{token}/submission`
pub async fn hand_in(
    visit: Visit,
    token: web::Path<String>,
    web::Form(form): web::Form<SeenForm>,
) -> Result<HttpResponse> {
    let (linked, details) = match complete(&visit, &token).await? {
        Ok(complete) => complete,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let Linked { token, enrolment } = &linked;
    match handing_in::hand_in(&visit, (token, version::read_or_none(&form.version)), (enrolment, &details))
        .await?
    {
        HandedIn::Waiting | HandedIn::Approved | HandedIn::Already | HandedIn::Closed => {
            Ok(see_other(linked.place()))
        }
        HandedIn::Changed => visit.done(&Said::Changed, paths::enrolment::review(token.reveal())),
        HandedIn::Incomplete => Ok(see_other(paths::enrolment::check_details(token.reveal()))),
        HandedIn::EmailTaken => review(&visit, linked, StatusCode::CONFLICT, true),
    }
}

/// The enrolment with its details when all of them are right; else the page where that can be changed.
async fn complete(visit: &Visit, token: &str) -> Result<Result<(Linked, Details), HttpResponse>> {
    let linked = match Linked::find(visit, token).await? {
        Ok(linked) if linked.enrolment.is_editable() => linked,
        Ok(linked) => return Ok(Err(see_other(linked.place()))),
        Err(closed) => return Ok(Err(closed)),
    };
    let kept = linked.enrolment.clone();
    match visit.read(move |conn| check(conn, &kept)).await? {
        Ok(details) => Ok(Ok((linked, details))),
        Err(_) => Ok(Err(see_other(paths::enrolment::check_details(linked.token.reveal())))),
    }
}

fn review(visit: &Visit, linked: Linked, status: StatusCode, is_email_taken: bool) -> Result<HttpResponse> {
    let form = DetailsForm::from_json(&linked.enrolment.form);
    let Linked { token, enrolment } = linked;
    let shown = ReviewPage { shell: visit.shell(), token, enrolment, form, is_email_taken };
    visit.with_status(status, &shown).map(unlisted)
}
