//! Revoke: a question first, then the deed.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::request::link_name;
use crate::access::Allowed;
use crate::access::permission::FollowRequests;
use crate::db::Db;
use crate::error::Result;
use crate::partnerships::model::Request;
use crate::partnerships::said::Said;
use crate::partnerships::store::requests;
use crate::paths;
use crate::values::id::PartnershipRequestId;
use crate::values::moment::Moment;
use crate::web::{Shell, once, page, say, see_other};

#[derive(Template)]
#[template(path = "partnerships/revocation.html")]
struct NewRevocationPage {
    shell: Shell,
    request: Request,
}

/// `GET /partnership-requests/{id}/revocation`
pub async fn new(
    (shell, session): (Shell, Session),
    may: Allowed<FollowRequests>,
    db: web::Data<Db>,
    id: web::Path<PartnershipRequestId>,
) -> Result<HttpResponse> {
    let place = paths::partnerships::request(&id);
    let request = db.read(move |conn| requests::find(conn, &may, &id)).await?;
    if !request.is_renewable() {
        say(&session, &shell, &Said::RequestClosed)?;
        return Ok(see_other(place));
    }
    page(&NewRevocationPage { shell, request })
}

/// `POST /partnership-requests/{id}/revocation`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<FollowRequests>,
    db: web::Data<Db>,
    id: web::Path<PartnershipRequestId>,
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
        say(&session, &shell, &Said::RequestRevoked { to: &request.to })?;
    } else {
        say(&session, &shell, &Said::RequestClosed)?;
    }
    Ok(see_other(paths::partnerships::request(&id)))
}
