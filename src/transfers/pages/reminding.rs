//! Asking the customer again, where no answer comes.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::access::permission::StartTransfers;
use crate::error::Result;
use crate::paths;
use crate::transfers::commands;
use crate::transfers::said::Said;
use crate::transfers::store::reminding::Reminded;
use crate::values::id::TransferId;
use crate::web::Ask;

/// What the button sends.
#[derive(Deserialize)]
pub struct Reminder {
    /// The letter that the page has shown.
    #[serde(default)]
    letter: String,
}

/// `POST /transfers/{id}/reminder`
pub async fn create(
    ask: Ask<StartTransfers>,
    id: web::Path<TransferId>,
    web::Form(form): web::Form<Reminder>,
) -> Result<HttpResponse> {
    let reminded = commands::remind(&ask, &ask.by, (*id, form.letter)).await?;
    let said = match &reminded {
        Reminded::Now(to) => Said::Reminded { to },
        Reminded::Before => Said::RemindedBefore,
        Reminded::Over => Said::Over,
    };
    ask.done(&said, paths::transfers::show(&id))
}
