//! A letter that failed, sent again.

use actix_session::Session;
use actix_web::{HttpResponse, web};

use crate::access::Allowed;
use crate::access::permission::RequestPartnerships;
use crate::db::Db;
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::partnerships::said::Said;
use crate::partnerships::store::letters::{self, Again};
use crate::paths;
use crate::values::id::LetterId;
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
    let request = match db.write(move |conn| letters::send_again(conn, &may, &id, now)).await? {
        Again::Queued(request) => {
            bell.ring();
            say(&session, &shell, &Said::LetterQueued)?;
            request
        }
        Again::Pointless(request) => {
            say(&session, &shell, &Said::LetterNotQueued)?;
            request
        }
    };
    Ok(see_other(match request {
        Some(request) => paths::partnerships::request(&request),
        None => paths::partnerships::requests().to_owned(),
    }))
}
