//! The customer's answer: accept, or decline with a reason.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::link::{LinkPage, answerable, hash_of, is_askers, look, unknown};
use crate::agreements::store::requests::Answer;
use crate::consents::commands;
use crate::consents::form::{AcceptanceForm, RefusalForm};
use crate::consents::store::answer::{Answered, Invitation};
use crate::error::Result;
use crate::links::model::Standing;
use crate::paths;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::{Problems, Shell, Visit, see_other};

/// `POST /consents/{token}/acceptance`
pub async fn accept(
    visit: Visit,
    token: web::Path<String>,
    web::Form(form): web::Form<AcceptanceForm>,
) -> Result<HttpResponse> {
    let typed = |page, problems| LinkPage { acceptance: form.clone(), problems, ..page };
    let parsed = form.parse().map(|accepting| accepting.answer());
    let (Asked { shell, hash, invitation }, answer) = match answered(&visit, &token, parsed, typed).await? {
        Ok(answered) => answered,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match commands::answer(&visit, hash.clone(), &invitation, answer).await? {
        Answered::Done | Answered::Changed => Ok(see_other(paths::consents::link(&token))),
        Answered::OtherText => {
            let Some(invitation) = look(&visit, &hash).await? else { return unknown(&visit, shell) };
            // What was ticked was another text.
            let acceptance = AcceptanceForm { consent: String::new(), ..form };
            let fresh = LinkPage::new(shell, &token, invitation);
            let page = LinkPage { acceptance, is_other_text: true, ..fresh };
            answerable(&visit, StatusCode::CONFLICT, page)
        }
    }
}

/// `POST /consents/{token}/refusal`
pub async fn decline(
    visit: Visit,
    token: web::Path<String>,
    web::Form(form): web::Form<RefusalForm>,
) -> Result<HttpResponse> {
    let typed = |page, problems| LinkPage { refusal: form.clone(), problems, ..page };
    let (Asked { hash, invitation, .. }, answer) = match answered(&visit, &token, form.parse(), typed).await?
    {
        Ok(answered) => answered,
        Err(elsewhere) => return Ok(elsewhere),
    };
    commands::answer(&visit, hash, &invitation, answer).await?;
    Ok(see_other(paths::consents::link(&token)))
}

/// What is asked behind a link, of somebody who may answer.
struct Asked {
    shell: Shell,
    hash: TokenHash,
    invitation: Invitation,
}

/// The answer to what is asked behind a link. Where nobody can answer there, or not any more, it says where to go
/// instead; where something cannot be taken, it is the page again, with what was typed.
async fn answered(
    visit: &Visit,
    token: &str,
    parsed: Result<Answer, Problems>,
    typed: impl FnOnce(LinkPage, Problems) -> LinkPage,
) -> Result<Result<(Asked, Answer), HttpResponse>> {
    let shell = visit.shell();
    let Some(hash) = hash_of(token) else { return unknown(visit, shell).map(Err) };
    let Some(invitation) = look(visit, &hash).await? else { return unknown(visit, shell).map(Err) };
    if !is_open(&invitation) || is_askers(&shell, &invitation) {
        return Ok(Err(see_other(paths::consents::link(token))));
    }
    match parsed {
        Ok(answer) => Ok(Ok((Asked { shell, hash, invitation }, answer))),
        Err(problems) => {
            let page = typed(LinkPage::new(shell, token, invitation), problems);
            answerable(visit, StatusCode::UNPROCESSABLE_ENTITY, page).map(Err)
        }
    }
}

fn is_open(invitation: &Invitation) -> bool {
    invitation.request.standing(Moment::now()) == Standing::Open
}
