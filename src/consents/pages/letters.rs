//! A letter about a request that failed, sent again.

use actix_session::Session;
use actix_web::{HttpResponse, web};

use crate::access::Allowed;
use crate::access::permission::AskForAgreements;
use crate::consents::said::Said;
use crate::consents::store::letters;
use crate::db::Db;
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::paths;
use crate::values::id::{AgreementRequestId, LetterId};
use crate::values::moment::Moment;
use crate::web::{Shell, say, see_other};

/// `POST /agreement-requests/{id}/letters/{letter}/delivery`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<AskForAgreements>,
    (db, bell): (web::Data<Db>, web::Data<Bell>),
    ids: web::Path<(AgreementRequestId, LetterId)>,
) -> Result<HttpResponse> {
    let (id, letter) = ids.into_inner();
    let (request, now) = (id.clone(), Moment::now());
    if db.write(move |conn| letters::send_again(conn, &may, (&request, &letter), now)).await? {
        bell.ring();
        say(&session, &shell, &Said::LetterQueued)?;
    } else {
        say(&session, &shell, &Said::LetterNotQueued)?;
    }
    Ok(see_other(paths::consents::request(&id)))
}
