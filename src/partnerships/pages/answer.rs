//! A reseller's answer to a request: Authorize indirect provider, or decline.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::link::{AnswerPart, LinkPage, Looked, Part, Way, answer_page, look};
use crate::access::Permission;
use crate::access::permission::{AuthorizeProviders, DeclineProviders};
use crate::error::{Error, Result};
use crate::links::model::Standing;
use crate::partnerships::commands;
use crate::partnerships::form::{AcceptanceForm, RefusalForm};
use crate::partnerships::model::code::Code;
use crate::partnerships::said::Said;
use crate::partnerships::store::answer::Answered;
use crate::partnerships::store::link::{Invitation, Situation};
use crate::partnerships::wrong::Wrong;
use crate::paths;
use crate::values::id::PartnershipRequestId;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::{Ask, Visit, see_other};

/// `POST /partnerships/{token}/acceptance`
pub async fn accept(
    ask: Ask<AuthorizeProviders>,
    token: web::Path<String>,
    web::Form(form): web::Form<AcceptanceForm>,
) -> Result<HttpResponse> {
    let way = Way::by_link(&token).ok_or(Error::NotFound)?;
    accept_by(way, &ask, form).await
}

/// `POST /providers/requests/{id}/acceptance`
pub async fn accept_addressed(
    ask: Ask<AuthorizeProviders>,
    id: web::Path<PartnershipRequestId>,
    web::Form(form): web::Form<AcceptanceForm>,
) -> Result<HttpResponse> {
    accept_by(Way::Addressed(id.into_inner()), &ask, form).await
}

async fn accept_by(way: Way, ask: &Ask<AuthorizeProviders>, form: AcceptanceForm) -> Result<HttpResponse> {
    let place = way.place();
    let Some((invitation, situation)) = answerable(ask, &way).await? else {
        return Ok(see_other(place));
    };
    let choices: Vec<_> = situation.locations.iter().map(|location| location.id).collect();
    let location = match form.parse(&choices, invitation.request.addressee_only) {
        Ok(location) => location,
        Err(problems) => {
            let part = AnswerPart { acceptance: form, problems, ..AnswerPart::new(situation) };
            return again(ask, way, invitation, part);
        }
    };
    let Some(chosen) = situation.locations.iter().find(|own| own.id == location) else {
        return Ok(see_other(place));
    };
    let code = Code::parse(&form.code);
    let provider = invitation.provider.name.as_str();
    let problem = match commands::accept(ask, &ask.by, &invitation, chosen, code).await? {
        Answered::Done => {
            return ask.done(&Said::Authorized { provider }, paths::partnerships::providers());
        }
        Answered::HeldAlready => {
            return ask.done(&Said::AuthorizedAlready { provider }, paths::partnerships::providers());
        }
        Answered::Changed => return Ok(see_other(place)),
        Answered::WrongCode => Problem::Wrong,
        Answered::DeadCode => Wrong::CodeDead.into(),
    };
    let problems = ("code", problem).into();
    let part = AnswerPart { acceptance: form, problems, ..AnswerPart::new(situation) };
    again(ask, way, invitation, part)
}

/// `POST /partnerships/{token}/refusal`
pub async fn decline(
    ask: Ask<DeclineProviders>,
    token: web::Path<String>,
    web::Form(form): web::Form<RefusalForm>,
) -> Result<HttpResponse> {
    let way = Way::by_link(&token).ok_or(Error::NotFound)?;
    decline_by(way, &ask, form).await
}

/// `POST /providers/requests/{id}/refusal`
pub async fn decline_addressed(
    ask: Ask<DeclineProviders>,
    id: web::Path<PartnershipRequestId>,
    web::Form(form): web::Form<RefusalForm>,
) -> Result<HttpResponse> {
    decline_by(Way::Addressed(id.into_inner()), &ask, form).await
}

async fn decline_by(way: Way, ask: &Ask<DeclineProviders>, form: RefusalForm) -> Result<HttpResponse> {
    let place = way.place();
    let Some((invitation, situation)) = answerable(ask, &way).await? else {
        return Ok(see_other(place));
    };
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(problems) => {
            let part = AnswerPart { refusal: form, problems, ..AnswerPart::new(situation) };
            return again(ask, way, invitation, part);
        }
    };
    match commands::decline(ask, &ask.by, &invitation, reason).await? {
        Answered::Done => {
            let said = Said::Declined { provider: &invitation.provider.name };
            ask.done(&said, paths::partnerships::providers())
        }
        _ => Ok(see_other(place)),
    }
}

/// The invitation, if it is open and nothing keeps this organisation from answering. Otherwise the
/// request's page says why.
///
/// # Errors
/// [`Error::NotFound`] for a request that was sent to nobody of the organisation; database errors.
pub async fn answerable<P: Permission>(ask: &Ask<P>, way: &Way) -> Result<Option<(Invitation, Situation)>> {
    let looked = look(ask, way, Some(ask.by.viewer().clone())).await?;
    if looked.is_none() && matches!(way, Way::Addressed(_)) {
        return Err(Error::NotFound);
    }
    let Some(Looked { invitation, viewed: Some(situation) }) = looked else { return Ok(None) };
    let is_kept = situation.obstacle.is_some_and(|obstacle| !obstacle.lets_decline());
    let is_open = invitation.request.standing(Moment::now()) == Standing::Open && !is_kept;
    Ok(is_open.then_some((invitation, situation)))
}

/// The same page again, because something cannot be taken.
fn again(visit: &Visit, way: Way, invitation: Invitation, part: AnswerPart) -> Result<HttpResponse> {
    let page = LinkPage { shell: visit.shell(), way, invitation, part: Part::Answer(Box::new(part)) };
    answer_page(visit, StatusCode::UNPROCESSABLE_ENTITY, page)
}
