//! Mails a code to the address of a request, where the provider demands that its owner agrees.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::answer::answerable;
use super::link::{AnswerPart, LinkPage, Part, Way, answer_page};
use crate::access::Allowed;
use crate::access::permission::AuthorizeProviders;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::mail::compose::Written as _;
use crate::partnerships::letters;
use crate::partnerships::model::code::{Code, works_until};
use crate::partnerships::said::Said;
use crate::partnerships::store::code::{self, Mailed, NewCode};
use crate::values::id::{LetterId, PartnershipRequestId};
use crate::values::moment::Moment;
use crate::web::page::in_seconds;
use crate::web::shell::time_in;
use crate::web::{Shell, Site, say, see_other};

type Tools = (web::Data<Db>, web::Data<Site>, web::Data<Bell>);

/// `POST /partnerships/{token}/code`
pub async fn mail(
    shell: Shell,
    may: Allowed<AuthorizeProviders>,
    tools: Tools,
    session: Session,
    token: web::Path<String>,
) -> Result<HttpResponse> {
    let way = Way::by_link(&token).ok_or(Error::NotFound)?;
    mail_by(way, shell, may, tools, session).await
}

/// `POST /providers/requests/{id}/code`
pub async fn mail_addressed(
    shell: Shell,
    may: Allowed<AuthorizeProviders>,
    tools: Tools,
    session: Session,
    id: web::Path<PartnershipRequestId>,
) -> Result<HttpResponse> {
    mail_by(Way::Addressed(id.into_inner()), shell, may, tools, session).await
}

async fn mail_by(
    way: Way,
    shell: Shell,
    may: Allowed<AuthorizeProviders>,
    (db, site, bell): Tools,
    session: Session,
) -> Result<HttpResponse> {
    let place = way.place();
    let Some((invitation, situation)) = answerable(&db, &may, &way).await? else {
        return Ok(see_other(place));
    };
    let (request, now, code) = (&invitation.request, Moment::now(), Code::random());
    let expires_at = works_until(now);
    // Its reader may be anywhere.
    let until = time_in(chrono_tz::UTC, expires_at);
    let letter = letters::code::Code {
        by: &may,
        provider: &invitation.provider.name,
        request,
        code: &code.shown(),
        until: &until,
        site: &site,
    };
    let new = NewCode {
        hash: code.hash(&request.id, &may.organisation.id),
        expires_at,
        letter_id: LetterId::new(),
        letter: letter.letter()?,
    };
    let token = request.token_hash.clone();
    match db.write(move |conn| code::mail(conn, &may, &token, &new, now)).await? {
        Mailed::Now => {
            bell.ring();
            say(&session, &shell, &Said::CodeMailed { to: &request.to })?;
        }
        Mailed::Slowed(seconds) => {
            let part = AnswerPart { wait: Some(seconds), ..AnswerPart::new(situation) };
            let page = LinkPage { shell, way, invitation, part: Part::Answer(Box::new(part)) };
            let page = answer_page(StatusCode::TOO_MANY_REQUESTS, page)?;
            return Ok(in_seconds(page, seconds));
        }
        Mailed::Changed => {}
    }
    Ok(see_other(place))
}
