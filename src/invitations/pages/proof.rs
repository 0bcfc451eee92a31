//! Proof that whoever has the link reads the mailbox to which it was sent: a code is mailed there, and typed here.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::link::{LinkPage, answerable, hash_of, look, proof_name, unknown};
use crate::error::Result;
use crate::invitations::commands;
use crate::invitations::form::CodeForm;
use crate::invitations::model::{code as codes, proof};
use crate::invitations::said::Said;
use crate::invitations::store::code::{self, Checked, Mailed};
use crate::invitations::wrong::Wrong;
use crate::links::model::code::Code;
use crate::paths;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::page::in_seconds;
use crate::web::{Visit, once, see_other};

/// `POST /customer-invitations/{token}/code`
pub async fn mail(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let Some(hash) = hash_of(&token) else { return unknown(&visit) };
    let Some(invitation) = look(&visit, &hash).await? else { return unknown(&visit) };
    let place = paths::invitations::link(&token);
    match commands::mail_code(&visit, &invitation).await? {
        Mailed::Now => visit.done(&Said::CodeMailed { to: &invitation.request.drafted.to }, place),
        Mailed::Slowed(seconds) => {
            let page = LinkPage { wait: Some(seconds), ..LinkPage::new(&visit, &token, invitation) };
            Ok(in_seconds(answerable(&visit, StatusCode::TOO_MANY_REQUESTS, page)?, seconds))
        }
        Mailed::Changed => Ok(see_other(place)),
    }
}

/// `POST /customer-invitations/{token}/proof`
pub async fn prove(
    visit: Visit,
    token: web::Path<String>,
    web::Form(form): web::Form<CodeForm>,
) -> Result<HttpResponse> {
    let Some(hash) = hash_of(&token) else { return unknown(&visit) };
    let Some(invitation) = look(&visit, &hash).await? else { return unknown(&visit) };
    let (id, now, place) = (invitation.request.id, Moment::now(), paths::invitations::link(&token));
    let checked = match form.code.trim() {
        "" => Err(Problem::Missing),
        typed => {
            let (link, typed) = (hash.clone(), Code::parse(typed).map(|code| codes::kept(&code, &id, &hash)));
            match visit.write(move |conn| code::check(conn, &link, typed.as_ref(), now)).await? {
                Checked::Right => Ok(()),
                Checked::Changed => return Ok(see_other(place)),
                Checked::Wrong => Err(Problem::Wrong),
                Checked::Dead => Err(Wrong::CodeDead.into()),
            }
        }
    };
    if let Err(problem) = checked {
        let page = LinkPage {
            code: form,
            problems: ("code", problem).into(),
            ..LinkPage::new(&visit, &token, invitation)
        };
        return answerable(&visit, StatusCode::UNPROCESSABLE_ENTITY, page);
    }
    once::put(&visit.session(), &proof_name(&id), &proof::of((&hash, &invitation.request.drafted.to), now));
    Ok(see_other(place))
}
