//! Mails a code to the address of a request, where the provider demands that its owner agrees.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::answer::answerable;
use super::link::{AnswerPart, LinkPage, Part, Way, answer_page};
use crate::access::permission::AuthorizeProviders;
use crate::error::{Error, Result};
use crate::partnerships::commands;
use crate::partnerships::said::Said;
use crate::partnerships::store::code::Mailed;
use crate::values::id::PartnershipRequestId;
use crate::web::page::in_seconds;
use crate::web::{Ask, see_other};

/// `POST /partnerships/{token}/code`
pub async fn mail(ask: Ask<AuthorizeProviders>, token: web::Path<String>) -> Result<HttpResponse> {
    let way = Way::by_link(&token).ok_or(Error::NotFound)?;
    mail_by(way, &ask).await
}

/// `POST /providers/requests/{id}/code`
pub async fn mail_addressed(
    ask: Ask<AuthorizeProviders>,
    id: web::Path<PartnershipRequestId>,
) -> Result<HttpResponse> {
    mail_by(Way::Addressed(id.into_inner()), &ask).await
}

async fn mail_by(way: Way, ask: &Ask<AuthorizeProviders>) -> Result<HttpResponse> {
    let place = way.place();
    let Some((invitation, situation)) = answerable(ask, &way).await? else {
        return Ok(see_other(place));
    };
    match commands::mail_code(ask, &ask.by, &invitation).await? {
        Mailed::Now => ask.done(&Said::CodeMailed { to: &invitation.request.to }, place),
        Mailed::Slowed(seconds) => {
            let part = AnswerPart { wait: Some(seconds), ..AnswerPart::new(situation) };
            let page = LinkPage { shell: ask.shell(), way, invitation, part: Part::Answer(Box::new(part)) };
            let page = answer_page(ask, StatusCode::TOO_MANY_REQUESTS, page)?;
            Ok(in_seconds(page, seconds))
        }
        Mailed::Changed => Ok(see_other(place)),
    }
}
