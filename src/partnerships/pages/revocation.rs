//! Revoke: a question first, then the deed.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::request::link_name;
use crate::access::permission::FollowRequests;
use crate::error::Result;
use crate::language::filters;
use crate::partnerships::model::Request;
use crate::partnerships::said::Said;
use crate::partnerships::store::requests;
use crate::paths;
use crate::values::id::PartnershipRequestId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell, once};

#[derive(Template)]
#[template(path = "partnerships/revocation.html")]
struct NewRevocationPage {
    shell: Shell,
    request: Request,
}

/// `GET /partnership-requests/{id}/revocation`
pub async fn new(ask: Ask<FollowRequests>, id: web::Path<PartnershipRequestId>) -> Result<HttpResponse> {
    let place = paths::partnerships::request(&id);
    let request = ask.read(move |conn, by| requests::find(conn, by, &id)).await?;
    if !request.is_renewable() {
        return ask.done(&Said::RequestClosed, place);
    }
    ask.page(&NewRevocationPage { shell: ask.shell(), request })
}

/// `POST /partnership-requests/{id}/revocation`
pub async fn create(ask: Ask<FollowRequests>, id: web::Path<PartnershipRequestId>) -> Result<HttpResponse> {
    let (of, now, place) = (*id, Moment::now(), paths::partnerships::request(&id));
    let revoked = ask.write(move |conn, by| requests::revoke(conn, by, &of, now)).await?;
    let Some(request) = revoked else { return ask.done(&Said::RequestClosed, place) };
    once::take(&ask.session(), &link_name(&id));
    ask.done(&Said::RequestRevoked { to: &request.to }, place)
}
