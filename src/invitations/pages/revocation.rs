//! Revoke: a question first, then the deed.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::request::link_name;
use crate::access::permission::FollowInvitations;
use crate::error::Result;
use crate::invitations::model::Request;
use crate::invitations::said::Said;
use crate::invitations::store::requests;
use crate::language::filters;
use crate::paths;
use crate::values::id::CustomerRequestId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell, once};

#[derive(Template)]
#[template(path = "invitations/revocation.html")]
struct NewRevocationPage {
    shell: Shell,
    request: Request,
}

/// `GET /customer-requests/{id}/revocation`
pub async fn new(ask: Ask<FollowInvitations>, id: web::Path<CustomerRequestId>) -> Result<HttpResponse> {
    let place = paths::invitations::request(&id);
    let request = ask.read(move |conn, by| requests::find_own(conn, by, &id)).await?;
    if !request.progress.is_open() {
        return ask.done(&Said::Closed, place);
    }
    ask.page(&NewRevocationPage { shell: ask.shell(), request })
}

/// `POST /customer-requests/{id}/revocation`
pub async fn create(ask: Ask<FollowInvitations>, id: web::Path<CustomerRequestId>) -> Result<HttpResponse> {
    let (of, now, place) = (*id, Moment::now(), paths::invitations::request(&id));
    let revoked = ask.write(move |conn, by| requests::revoke(conn, by, &of, now)).await?;
    let Some(request) = revoked else { return ask.done(&Said::Closed, place) };
    once::take(&ask.session(), &link_name(&id));
    ask.done(&Said::Revoked { to: &request.drafted.to }, place)
}
