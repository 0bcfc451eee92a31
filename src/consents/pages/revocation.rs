//! Revoke: a question first, then the deed.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::FollowAgreementRequests;
use crate::agreements::model::Request;
use crate::agreements::store::requests;
use crate::consents::commands::link_name;
use crate::consents::said::Said;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::id::AgreementRequestId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell, once};

#[derive(Template)]
#[template(path = "consents/revocation.html")]
struct NewRevocationPage {
    shell: Shell,
    request: Request,
}

/// `GET /agreement-requests/{id}/revocation`
pub async fn new(
    ask: Ask<FollowAgreementRequests>,
    id: web::Path<AgreementRequestId>,
) -> Result<HttpResponse> {
    let place = paths::consents::request(&id);
    let request = ask.read(move |conn, by| requests::find(conn, by, &id)).await?;
    if !request.is_open() {
        return ask.done(&Said::Closed, place);
    }
    ask.page(&NewRevocationPage { shell: ask.shell(), request })
}

/// `POST /agreement-requests/{id}/revocation`
pub async fn create(
    ask: Ask<FollowAgreementRequests>,
    id: web::Path<AgreementRequestId>,
) -> Result<HttpResponse> {
    let (of, now, place) = (*id, Moment::now(), paths::consents::request(&id));
    let revoked = ask.write(move |conn, by| requests::revoke(conn, by, &of, now)).await?;
    let Some(request) = revoked else { return ask.done(&Said::Closed, place) };
    once::take(&ask.session(), &link_name(&id));
    ask.done(&Said::Revoked { to: &request.party.email }, place)
}
