//! A letter about a request that failed, sent again.

use actix_web::{HttpResponse, web};

use crate::access::permission::InviteCustomers;
use crate::error::Result;
use crate::invitations::commands;
use crate::invitations::said::Said;
use crate::paths;
use crate::values::id::{CustomerRequestId, LetterId};
use crate::web::Ask;

/// `POST /customer-requests/{id}/letters/{letter}/delivery`
pub async fn create(
    ask: Ask<InviteCustomers>,
    ids: web::Path<(CustomerRequestId, LetterId)>,
) -> Result<HttpResponse> {
    let (request, letter) = ids.into_inner();
    let is_queued = commands::send_again(&ask, &ask.by, (request, letter)).await?;
    let said = if is_queued { Said::LetterQueued } else { Said::LetterNotQueued };
    ask.done(&said, paths::invitations::request(&request))
}
