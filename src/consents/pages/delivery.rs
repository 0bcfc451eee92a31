//! A letter about a request that failed, sent again.

use actix_web::{HttpResponse, web};

use crate::access::permission::AskForAgreements;
use crate::consents::commands;
use crate::consents::said::Said;
use crate::error::Result;
use crate::paths;
use crate::values::id::{AgreementRequestId, LetterId};
use crate::web::Ask;

/// `POST /agreement-requests/{id}/letters/{letter}/delivery`
pub async fn create(
    ask: Ask<AskForAgreements>,
    ids: web::Path<(AgreementRequestId, LetterId)>,
) -> Result<HttpResponse> {
    let (request, letter) = ids.into_inner();
    let place = paths::consents::request(&request);
    let is_queued = commands::send_again(&ask, &ask.by, (request, letter)).await?;
    let said = if is_queued { Said::LetterQueued } else { Said::LetterNotQueued };
    ask.done(&said, place)
}
