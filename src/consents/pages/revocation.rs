//! Revoke: a question first, then the deed.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::FollowAgreementRequests;
use crate::agreements::model::Request;
use crate::agreements::store::requests;
use crate::consents::commands::link_name;
use crate::consents::said::Said;
use crate::db::Db;
use crate::error::Result;
use crate::paths;
use crate::values::id::AgreementRequestId;
use crate::values::moment::Moment;
use crate::web::{Shell, once, page, say, see_other};

#[derive(Template)]
#[template(path = "consents/revocation.html")]
struct NewRevocationPage {
    shell: Shell,
    request: Request,
}

/// `GET /agreement-requests/{id}/revocation`
pub async fn new(
    (shell, session): (Shell, Session),
    may: Allowed<FollowAgreementRequests>,
    db: web::Data<Db>,
    id: web::Path<AgreementRequestId>,
) -> Result<HttpResponse> {
    let place = paths::consents::request(&id);
    let request = db.read(move |conn| requests::find(conn, &may, &id)).await?;
    if !request.is_open() {
        say(&session, &shell, &Said::Closed)?;
        return Ok(see_other(place));
    }
    page(&NewRevocationPage { shell, request })
}

/// `POST /agreement-requests/{id}/revocation`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<FollowAgreementRequests>,
    db: web::Data<Db>,
    id: web::Path<AgreementRequestId>,
) -> Result<HttpResponse> {
    let (of, now) = (id.clone(), Moment::now());
    let (request, is_revoked) = db
        .write(move |conn| {
            let request = requests::find(conn, &may, &of)?;
            Ok((request, requests::revoke(conn, &may, &of, now)?))
        })
        .await?;
    if is_revoked {
        once::take(&session, &link_name(&id));
        say(&session, &shell, &Said::Revoked { to: &request.party.email })?;
    } else {
        say(&session, &shell, &Said::Closed)?;
    }
    Ok(see_other(paths::consents::request(&id)))
}
