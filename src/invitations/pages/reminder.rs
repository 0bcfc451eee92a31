//! Reminds the addressee of a request.

use actix_web::{HttpResponse, web};

use crate::access::permission::InviteCustomers;
use crate::error::Result;
use crate::invitations::commands;
use crate::invitations::said::Said;
use crate::invitations::store::requests;
use crate::paths;
use crate::values::id::CustomerRequestId;
use crate::web::Ask;

/// `POST /customer-requests/{id}/reminder`
pub async fn create(ask: Ask<InviteCustomers>, id: web::Path<CustomerRequestId>) -> Result<HttpResponse> {
    let (of, place) = (*id, paths::invitations::request(&id));
    let request = ask.read(move |conn, by| requests::find_own(conn, by, &of)).await?;
    let said = match commands::remind(&ask, &ask.by, &request).await? {
        true => Said::Reminded { to: &request.drafted.to },
        false => Said::NotReminded,
    };
    ask.done(&said, place)
}
