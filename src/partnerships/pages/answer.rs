//! A reseller's answer to a request: Authorize indirect provider, or decline.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::link::{AnswerPart, LinkPage, Looked, Part, answer_page, hash_of, look, place_of};
use crate::access::Allowed;
use crate::access::permission::AuthorizeProviders;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::mail::letter::Letter;
use crate::partnerships::form::{AcceptanceForm, RefusalForm};
use crate::partnerships::letter;
use crate::partnerships::model::Standing;
use crate::partnerships::store::answer::{self, Answered, Given};
use crate::partnerships::store::link::{Invitation, Situation};
use crate::values::id::{LetterId, PartnershipId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::{Notice, Shell, Site, see_other};

/// `POST /partnerships/{token}/acceptance`
pub async fn accept(
    shell: Shell,
    may: Allowed<AuthorizeProviders>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    session: Session,
    token: web::Path<String>,
    web::Form(form): web::Form<AcceptanceForm>,
) -> Result<HttpResponse> {
    let place = place_of(&token);
    let Some((hash, invitation, situation)) = answerable(&db, &may, &token).await? else {
        return Ok(see_other(place));
    };
    let choices: Vec<_> = situation.locations.iter().map(|location| location.id.clone()).collect();
    let location = match form.parse(&choices) {
        Ok(location) => location,
        Err(problems) => {
            let part = AnswerPart { acceptance: form, problems, ..AnswerPart::new(situation) };
            return again(shell, place, invitation, part);
        }
    };
    let Some(chosen) = situation.locations.iter().find(|own| own.id == location) else {
        return Ok(see_other(place));
    };
    let letter =
        letter::answer(&may, &invitation.request, letter::Answer::Accepted { location: chosen }, &site)?;
    let given = given(hash, letter);
    let provider = invitation.provider.name;
    match db.write(move |conn| answer::accept(conn, &may, &location, &given)).await? {
        Answered::Done => {
            bell.ring();
            Notice::ProviderAuthorized { provider }.put(&session);
            Ok(see_other("/providers"))
        }
        Answered::HeldAlready => {
            Notice::ProviderAuthorizedAlready { provider }.put(&session);
            Ok(see_other("/providers"))
        }
        Answered::Changed => Ok(see_other(place)),
    }
}

/// `POST /partnerships/{token}/refusal`
pub async fn decline(
    shell: Shell,
    may: Allowed<AuthorizeProviders>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    session: Session,
    token: web::Path<String>,
    web::Form(form): web::Form<RefusalForm>,
) -> Result<HttpResponse> {
    let place = place_of(&token);
    let Some((hash, invitation, situation)) = answerable(&db, &may, &token).await? else {
        return Ok(see_other(place));
    };
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(problems) => {
            let part = AnswerPart { refusal: form, problems, ..AnswerPart::new(situation) };
            return again(shell, place, invitation, part);
        }
    };
    let answer = letter::Answer::Declined { reason: &reason };
    let given = given(hash, letter::answer(&may, &invitation.request, answer, &site)?);
    match db.write(move |conn| answer::decline(conn, &may, &reason, &given)).await? {
        Answered::Done => {
            bell.ring();
            Notice::ProviderDeclined { provider: invitation.provider.name }.put(&session);
            Ok(see_other("/providers"))
        }
        Answered::HeldAlready | Answered::Changed => Ok(see_other(place)),
    }
}

/// The invitation, if it is open and nothing keeps this organisation from answering. Otherwise the
/// link's page says why.
///
/// # Errors
/// [`Error::NotFound`] for what cannot be a link's token; database errors.
async fn answerable(
    db: &Db,
    may: &Allowed<AuthorizeProviders>,
    token: &str,
) -> Result<Option<(TokenHash, Invitation, Situation)>> {
    let hash = hash_of(token).ok_or(Error::NotFound)?;
    let Some(Looked { invitation, viewed: Some(situation) }) =
        look(db, &hash, Some(may.viewer().clone())).await?
    else {
        return Ok(None);
    };
    let is_open =
        invitation.request.standing(Moment::now()) == Standing::Open && situation.obstacle.is_none();
    Ok(is_open.then_some((hash, invitation, situation)))
}

fn again(shell: Shell, place: String, invitation: Invitation, part: AnswerPart) -> Result<HttpResponse> {
    let page = LinkPage { shell, place, invitation, part: Part::Answer(Box::new(part)) };
    answer_page(StatusCode::UNPROCESSABLE_ENTITY, page)
}

fn given(token: TokenHash, letter: Letter) -> Given {
    Given { token, partnership: PartnershipId::new(), letter_id: LetterId::new(), letter, now: Moment::now() }
}
