//! A reseller's answer to a request: Authorize indirect provider, or decline.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::link::{AnswerPart, LinkPage, Looked, Part, Way, answer_page, look};
use crate::access::permission::{AuthorizeProviders, DeclineProviders};
use crate::access::{Allowed, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::links::model::Standing;
use crate::mail::carrier::Bell;
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::partnerships::form::{AcceptanceForm, RefusalForm};
use crate::partnerships::letters;
use crate::partnerships::letters::answer::Verdict;
use crate::partnerships::model::code::Code;
use crate::partnerships::said::Said;
use crate::partnerships::store::answer::{self, Answered, Given};
use crate::partnerships::store::link::{Invitation, Situation};
use crate::partnerships::wrong::Wrong;
use crate::paths;
use crate::values::id::{LetterId, PartnershipId, PartnershipRequestId};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::{Shell, Site, say, see_other};

type Tools = (web::Data<Db>, web::Data<Site>, web::Data<Bell>);

/// `POST /partnerships/{token}/acceptance`
pub async fn accept(
    shell: Shell,
    may: Allowed<AuthorizeProviders>,
    tools: Tools,
    session: Session,
    token: web::Path<String>,
    web::Form(form): web::Form<AcceptanceForm>,
) -> Result<HttpResponse> {
    let way = Way::by_link(&token).ok_or(Error::NotFound)?;
    accept_by(way, shell, may, (tools, session), form).await
}

/// `POST /providers/requests/{id}/acceptance`
pub async fn accept_addressed(
    shell: Shell,
    may: Allowed<AuthorizeProviders>,
    tools: Tools,
    session: Session,
    id: web::Path<PartnershipRequestId>,
    web::Form(form): web::Form<AcceptanceForm>,
) -> Result<HttpResponse> {
    accept_by(Way::Addressed(id.into_inner()), shell, may, (tools, session), form).await
}

async fn accept_by(
    way: Way,
    shell: Shell,
    may: Allowed<AuthorizeProviders>,
    ((db, site, bell), session): (Tools, Session),
    form: AcceptanceForm,
) -> Result<HttpResponse> {
    let place = way.place();
    let Some((invitation, situation)) = answerable(&db, &may, &way).await? else {
        return Ok(see_other(place));
    };
    let choices: Vec<_> = situation.locations.iter().map(|location| location.id.clone()).collect();
    let location = match form.parse(&choices, invitation.request.addressee_only) {
        Ok(location) => location,
        Err(problems) => {
            let part = AnswerPart { acceptance: form, problems, ..AnswerPart::new(situation) };
            return again(shell, way, invitation, part);
        }
    };
    let Some(chosen) = situation.locations.iter().find(|own| own.id == location) else {
        return Ok(see_other(place));
    };
    let letter = letter_to(&invitation, &may, Verdict::Accepted { location: chosen }, &site)?;
    let code = Code::parse(&form.code).map(|code| code.hash(&invitation.request.id, &may.organisation.id));
    let given = Given { code, ..given(&invitation, letter) };
    let provider = invitation.provider.name.as_str();
    let problem = match db.write(move |conn| answer::accept(conn, &may, &location, &given)).await? {
        Answered::Done => {
            bell.ring();
            say(&session, &shell, &Said::Authorized { provider })?;
            return Ok(see_other(paths::partnerships::providers()));
        }
        Answered::HeldAlready => {
            say(&session, &shell, &Said::AuthorizedAlready { provider })?;
            return Ok(see_other(paths::partnerships::providers()));
        }
        Answered::Changed => return Ok(see_other(place)),
        Answered::WrongCode => Problem::Wrong,
        Answered::DeadCode => Wrong::CodeDead.into(),
    };
    let problems = ("code", problem).into();
    let part = AnswerPart { acceptance: form, problems, ..AnswerPart::new(situation) };
    again(shell, way, invitation, part)
}

/// `POST /partnerships/{token}/refusal`
pub async fn decline(
    shell: Shell,
    may: Allowed<DeclineProviders>,
    tools: Tools,
    session: Session,
    token: web::Path<String>,
    web::Form(form): web::Form<RefusalForm>,
) -> Result<HttpResponse> {
    let way = Way::by_link(&token).ok_or(Error::NotFound)?;
    decline_by(way, shell, may, (tools, session), form).await
}

/// `POST /providers/requests/{id}/refusal`
pub async fn decline_addressed(
    shell: Shell,
    may: Allowed<DeclineProviders>,
    tools: Tools,
    session: Session,
    id: web::Path<PartnershipRequestId>,
    web::Form(form): web::Form<RefusalForm>,
) -> Result<HttpResponse> {
    decline_by(Way::Addressed(id.into_inner()), shell, may, (tools, session), form).await
}

async fn decline_by(
    way: Way,
    shell: Shell,
    may: Allowed<DeclineProviders>,
    ((db, site, bell), session): (Tools, Session),
    form: RefusalForm,
) -> Result<HttpResponse> {
    let place = way.place();
    let Some((invitation, situation)) = answerable(&db, &may, &way).await? else {
        return Ok(see_other(place));
    };
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(problems) => {
            let part = AnswerPart { refusal: form, problems, ..AnswerPart::new(situation) };
            return again(shell, way, invitation, part);
        }
    };
    let letter = letter_to(&invitation, &may, Verdict::Declined { reason: &reason }, &site)?;
    let given = given(&invitation, letter);
    match db.write(move |conn| answer::decline(conn, &may, &reason, &given)).await? {
        Answered::Done => {
            bell.ring();
            say(&session, &shell, &Said::Declined { provider: &invitation.provider.name })?;
            Ok(see_other(paths::partnerships::providers()))
        }
        _ => Ok(see_other(place)),
    }
}

/// The invitation, if it is open and nothing keeps this organisation from answering. Otherwise the
/// request's page says why.
///
/// # Errors
/// [`Error::NotFound`] for a request that was sent to nobody of the organisation; database errors.
pub async fn answerable(db: &Db, viewer: &Viewer, way: &Way) -> Result<Option<(Invitation, Situation)>> {
    let looked = look(db, way, Some(viewer.clone())).await?;
    if looked.is_none() && matches!(way, Way::Addressed(_)) {
        return Err(Error::NotFound);
    }
    let Some(Looked { invitation, viewed: Some(situation) }) = looked else { return Ok(None) };
    let is_kept = situation.obstacle.is_some_and(|obstacle| !obstacle.lets_decline());
    let is_open = invitation.request.standing(Moment::now()) == Standing::Open && !is_kept;
    Ok(is_open.then_some((invitation, situation)))
}

/// The same page again, because something cannot be taken.
///
/// # Errors
/// When the template cannot be rendered.
pub fn again(shell: Shell, way: Way, invitation: Invitation, part: AnswerPart) -> Result<HttpResponse> {
    let page = LinkPage { shell, way, invitation, part: Part::Answer(Box::new(part)) };
    answer_page(StatusCode::UNPROCESSABLE_ENTITY, page)
}

fn letter_to(invitation: &Invitation, by: &Viewer, verdict: Verdict, site: &Site) -> Result<Option<Letter>> {
    let Invitation { request, contact, .. } = invitation;
    let letter = |to| letters::answer::Answer { by, request, to, verdict, site }.letter();
    contact.as_ref().map(letter).transpose()
}

fn given(invitation: &Invitation, letter: Option<Letter>) -> Given {
    Given {
        // Whichever way somebody came: what was read is answered, or nothing.
        token: invitation.request.token_hash.clone(),
        partnership: PartnershipId::new(),
        letter_id: LetterId::new(),
        letter,
        code: None,
        now: Moment::now(),
    }
}
