//! A letter that failed, sent again.

use actix_web::{HttpResponse, web};

use crate::access::permission::RequestPartnerships;
use crate::error::Result;
use crate::partnerships::commands;
use crate::partnerships::said::Said;
use crate::paths;
use crate::values::id::{LetterId, PartnershipRequestId};
use crate::web::Ask;

/// `POST /letters/{id}/delivery`
pub async fn create(ask: Ask<RequestPartnerships>, id: web::Path<LetterId>) -> Result<HttpResponse> {
    let (is_queued, about) = commands::send_again(&ask, &ask.by, id.into_inner()).await?;
    let said = if is_queued { Said::LetterQueued } else { Said::LetterNotQueued };
    let place = match PartnershipRequestId::parse(&about) {
        Some(request) => paths::partnerships::request(&request),
        None => paths::partnerships::requests().to_owned(),
    };
    ask.done(&said, place)
}
