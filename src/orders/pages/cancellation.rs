//! Dropping a draft, after a question.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::closed::{confirmation_of, open_draft};
use crate::access::permission::{AddCustomers, PlaceOrders, SeeDrafts};
use crate::agreements::model::{Request, Subject};
use crate::agreements::store::requests;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::orders::draft::store::{self, Cancelled};
use crate::orders::draft::{Draft, Step, address_of};
use crate::orders::said::Said;
use crate::paths;
use crate::values::id::DraftId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell, see_other};

#[derive(Template)]
#[template(path = "orders/cancel.html")]
struct CancellationPage {
    shell: Shell,
    draft: Draft,
    name: String,
    back: String,
    /// Who was asked for the customer agreement and has not answered.
    asked: Option<Request>,
}

/// `GET /drafts/{id}/cancellation`
pub async fn new(ask: Ask<SeeDrafts>, id: web::Path<String>) -> Result<HttpResponse> {
    let draft = match open_draft(&ask, &id).await? {
        Ok(draft) => draft,
        Err(answer) => return Ok(answer),
    };
    let wanted = draft.clone();
    let (name, request) = ask
        .read(move |conn, by| {
            let subject = Subject::Draft(wanted.id);
            let request = requests::latest_of(conn, &by.organisation.id, &subject)?;
            Ok((store::name_of(conn, by, &wanted)?, request))
        })
        .await?;
    let asked = request.filter(Request::is_open);
    let step = if draft.customer.is_some() { Step::Subscriptions } else { Step::Customer };
    let goes_on = match step {
        Step::Customer => ask.by.may::<AddCustomers>(),
        _ => ask.by.may::<PlaceOrders>(),
    };
    let back = match goes_on {
        true => address_of(&draft.id, step),
        false => paths::orders::drafts().to_owned(),
    };
    ask.page(&CancellationPage { shell: ask.shell(), draft, name, back, asked })
}

/// `POST /drafts/{id}/cancellation`
pub async fn create(ask: Ask<SeeDrafts>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = DraftId::parse(&id).ok_or(Error::NotFound)?;
    let (wanted, now) = (id, Moment::now());
    match ask.write(move |conn, by| store::cancel(conn, by, &wanted, now)).await? {
        Cancelled::Now => ask.done(&Said::DraftCancelled, paths::orders::drafts()),
        // Pressed twice: it is as wanted.
        Cancelled::Before => Ok(see_other(paths::orders::drafts())),
        Cancelled::Submitted => {
            let confirmation = confirmation_of(&ask, &id).await?;
            ask.done(&Said::DraftSubmittedBefore, confirmation)
        }
    }
}
