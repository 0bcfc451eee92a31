//! A letter about a request that failed, sent again.

use actix_session::Session;
use actix_web::{HttpResponse, web};

use crate::access::Allowed;
use crate::access::permission::AskForAgreements;
use crate::agreements::letters::REQUEST;
use crate::consents::letters::answer;
use crate::consents::said::Said;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::mail::outbox;
use crate::paths;
use crate::session::postage;
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
    let ((request, id), now) = (ids.into_inner(), Moment::now());
    let place = paths::consents::request(&request);
    let again = move |conn: &mut Connection| {
        let letter = outbox::find_own(conn, &may.organisation.id, &id, &[&REQUEST, &answer::KIND])?;
        if letter.about != request.as_str() {
            return Err(Error::NotFound);
        }
        postage::send_again(conn, &may, &letter, now)
    };
    if db.write(again).await? {
        bell.ring();
        say(&session, &shell, &Said::LetterQueued)?;
    } else {
        say(&session, &shell, &Said::LetterNotQueued)?;
    }
    Ok(see_other(place))
}
