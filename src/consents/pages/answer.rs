//! The customer's answer: accept, or decline with a reason.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::link::{LinkPage, answerable, hash_of, is_askers, look, unknown};
use crate::agreements::store::requests::{Answer, Verdict};
use crate::consents::form::{AcceptanceForm, RefusalForm};
use crate::consents::letters;
use crate::consents::store::answer::{Answered, Given, Invitation, give};
use crate::db::Db;
use crate::error::Result;
use crate::links::model::Standing;
use crate::mail::carrier::Bell;
use crate::mail::compose::Written as _;
use crate::paths;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::{Shell, Site, see_other};

type With = (web::Data<Db>, web::Data<Site>, web::Data<Bell>);

/// `POST /consents/{token}/acceptance`
pub async fn accept(
    shell: Shell,
    with: With,
    token: web::Path<String>,
    web::Form(form): web::Form<AcceptanceForm>,
) -> Result<HttpResponse> {
    let Some(hash) = hash_of(&token) else { return unknown(shell) };
    let Some(invitation) = look(&with.0, &hash).await? else { return unknown(shell) };
    if !is_open(&invitation) || is_askers(&shell, &invitation) {
        return Ok(see_other(paths::consents::link(&token)));
    }
    let answer = match form.parse() {
        Ok(answer) => answer,
        Err(problems) => {
            let page = LinkPage { acceptance: form, problems, ..LinkPage::new(shell, &token, invitation) };
            return answerable(StatusCode::UNPROCESSABLE_ENTITY, page);
        }
    };
    match given(&with, hash.clone(), &invitation, answer).await? {
        Answered::Done | Answered::Changed => Ok(see_other(paths::consents::link(&token))),
        Answered::OtherText => {
            let Some(invitation) = look(&with.0, &hash).await? else { return unknown(shell) };
            // What was ticked was another text.
            let acceptance = AcceptanceForm { consent: String::new(), ..form };
            let fresh = LinkPage::new(shell, &token, invitation);
            answerable(StatusCode::CONFLICT, LinkPage { acceptance, is_other_text: true, ..fresh })
        }
    }
}

/// `POST /consents/{token}/refusal`
pub async fn decline(
    shell: Shell,
    with: With,
    token: web::Path<String>,
    web::Form(form): web::Form<RefusalForm>,
) -> Result<HttpResponse> {
    let Some(hash) = hash_of(&token) else { return unknown(shell) };
    let Some(invitation) = look(&with.0, &hash).await? else { return unknown(shell) };
    if !is_open(&invitation) || is_askers(&shell, &invitation) {
        return Ok(see_other(paths::consents::link(&token)));
    }
    let answer = match form.parse() {
        Ok(answer) => answer,
        Err(problems) => {
            let page = LinkPage { refusal: form, problems, ..LinkPage::new(shell, &token, invitation) };
            return answerable(StatusCode::UNPROCESSABLE_ENTITY, page);
        }
    };
    given(&with, hash, &invitation, answer).await?;
    Ok(see_other(paths::consents::link(&token)))
}

fn is_open(invitation: &Invitation) -> bool {
    invitation.request.standing(Moment::now()) == Standing::Open
}

/// Gives the answer, with the letter to whoever is told of it.
async fn given(
    (db, site, bell): &With,
    token: TokenHash,
    invitation: &Invitation,
    answer: Answer,
) -> Result<Answered> {
    let version = match &answer.verdict {
        Verdict::Accepted(_) => invitation.text.as_ref().map(|text| text.version),
        Verdict::Declined(_) => None,
    };
    let letter = match &invitation.contact {
        Some(to) => {
            let (request, answer) = (&invitation.request, &answer);
            let letter = letters::answer::Answer { to, request, answer, version, site };
            Some((LetterId::new(), letter.letter()?))
        }
        None => None,
    };
    let given = Given { token, answer, letter, now: Moment::now() };
    let answered = db.write(move |conn| give(conn, &given)).await?;
    if answered == Answered::Done {
        bell.ring();
    }
    Ok(answered)
}
