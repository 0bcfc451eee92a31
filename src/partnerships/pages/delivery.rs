//! A letter that failed, sent again.

use actix_session::Session;
use actix_web::{HttpResponse, web};

use crate::access::Allowed;
use crate::access::permission::RequestPartnerships;
use crate::db::{Connection, Db};
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::mail::outbox;
use crate::partnerships::letters::{answer, request};
use crate::partnerships::said::Said;
use crate::paths;
use crate::session::postage;
use crate::values::id::{LetterId, PartnershipRequestId};
use crate::values::moment::Moment;
use crate::web::{Shell, say, see_other};

/// `POST /letters/{id}/delivery`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<RequestPartnerships>,
    (db, bell): (web::Data<Db>, web::Data<Bell>),
    id: web::Path<LetterId>,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let again = move |conn: &mut Connection| {
        let kinds = [&request::KIND, &answer::KIND];
        let letter = outbox::find_own(conn, &may.organisation.id, &id, &kinds)?;
        Ok((postage::send_again(conn, &may, &letter, now)?, letter.about))
    };
    let (is_queued, request) = db.write(again).await?;
    if is_queued {
        bell.ring();
        say(&session, &shell, &Said::LetterQueued)?;
    } else {
        say(&session, &shell, &Said::LetterNotQueued)?;
    }
    Ok(see_other(match PartnershipRequestId::parse(&request) {
        Some(request) => paths::partnerships::request(&request),
        None => paths::partnerships::requests().to_owned(),
    }))
}
