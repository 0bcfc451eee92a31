//! The customer's answer: accept, or decline with a reason.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::link::{LinkPage, answerable, hash_of, is_askers, look, unknown};
use crate::consents::commands;
use crate::consents::form::{AcceptanceForm, RefusalForm};
use crate::consents::store::answer::{Answered, Invitation};
use crate::error::Result;
use crate::links::model::Standing;
use crate::paths;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::{Shell, Visit, see_other};

/// `POST /consents/{token}/acceptance`
pub async fn accept(
    visit: Visit,
    token: web::Path<String>,
    web::Form(form): web::Form<AcceptanceForm>,
) -> Result<HttpResponse> {
    let Asked { shell, hash, invitation } = match asked(&visit, &token).await? {
        Ok(asked) => asked,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let answer = match form.parse() {
        Ok(answer) => answer,
        Err(problems) => {
            let page = LinkPage { acceptance: form, problems, ..LinkPage::new(shell, &token, invitation) };
            return answerable(&visit, StatusCode::UNPROCESSABLE_ENTITY, page);
        }
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
    let Asked { shell, hash, invitation } = match asked(&visit, &token).await? {
        Ok(asked) => asked,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let answer = match form.parse() {
        Ok(answer) => answer,
        Err(problems) => {
            let page = LinkPage { refusal: form, problems, ..LinkPage::new(shell, &token, invitation) };
            return answerable(&visit, StatusCode::UNPROCESSABLE_ENTITY, page);
        }
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

/// Looks behind a link; where nobody can answer there, or not any more, it says where to go instead.
async fn asked(visit: &Visit, token: &str) -> Result<Result<Asked, HttpResponse>> {
    let shell = visit.shell();
    let Some(hash) = hash_of(token) else { return unknown(visit, shell).map(Err) };
    let Some(invitation) = look(visit, &hash).await? else { return unknown(visit, shell).map(Err) };
    if !is_open(&invitation) || is_askers(&shell, &invitation) {
        return Ok(Err(see_other(paths::consents::link(token))));
    }
    Ok(Ok(Asked { shell, hash, invitation }))
}

fn is_open(invitation: &Invitation) -> bool {
    invitation.request.standing(Moment::now()) == Standing::Open
}
