//! Dropping a draft, after a question.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::closed::open_draft;
use crate::access::Allowed;
use crate::access::permission::{AddCustomers, PlaceOrders, SeeDrafts};
use crate::agreements::model::{Request, Subject};
use crate::agreements::store::requests;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::orders::draft::store::{self, Cancelled};
use crate::orders::draft::{Draft, Step};
use crate::orders::said::Said;
use crate::paths;
use crate::values::id::DraftId;
use crate::values::moment::Moment;
use crate::web::{Shell, page, say, see_other};
use crate::{customers, orders};

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
pub async fn new(
    shell: Shell,
    may: Allowed<SeeDrafts>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let draft = match open_draft(&db, &may, &shell, &id).await? {
        Ok(draft) => draft,
        Err(answer) => return Ok(answer),
    };
    let (asking, asked) = (may.clone(), draft.clone());
    let (name, request) = db
        .read(move |conn| {
            let subject = Subject::Draft(asked.id.clone());
            let request = requests::latest_of(conn, &asking.organisation.id, &subject)?;
            Ok((name_of(conn, &asking, &asked)?, request))
        })
        .await?;
    let asked = request.filter(Request::is_open);
    let step = if draft.customer.is_some() { Step::Subscriptions } else { Step::Customer };
    let goes_on = match step {
        Step::Customer => shell.may::<AddCustomers>(),
        _ => shell.may::<PlaceOrders>(),
    };
    let back = match goes_on {
        true => orders::draft::address_of(&draft.id, step),
        false => paths::orders::drafts().to_owned(),
    };
    page(&CancellationPage { shell, draft, name, back, asked })
}

/// `POST /drafts/{id}/cancellation`
pub async fn create(
    shell: Shell,
    may: Allowed<SeeDrafts>,
    session: Session,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = DraftId::parse(&id).ok_or(Error::NotFound)?;
    let (asking, wanted, now) = (may.clone(), id.clone(), Moment::now());
    let cancelled = db
        .write(move |conn| {
            let draft = store::find(conn, &asking, &wanted)?;
            let name = name_of(conn, &asking, &draft)?;
            store::cancel(conn, &asking, &wanted, &name, now)
        })
        .await?;
    match cancelled {
        Cancelled::Now => say(&session, &shell, &Said::DraftCancelled)?,
        // Pressed twice: it is as wanted.
        Cancelled::Before => {}
        Cancelled::Submitted => {
            say(&session, &shell, &Said::DraftSubmittedBefore)?;
            return match open_draft(&db, &may, &shell, id.as_str()).await? {
                Ok(_) => Ok(see_other(paths::orders::drafts())),
                Err(answer) => Ok(answer),
            };
        }
    }
    Ok(see_other(paths::orders::drafts()))
}

/// What people know a draft by: the customer's name, as far as there is one.
fn name_of(conn: &mut Connection, may: &Allowed<SeeDrafts>, draft: &Draft) -> Result<String> {
    match &draft.customer {
        Some(customer) => Ok(customers::store::find(conn, &may.reach(), customer)?.account.company_name),
        None => Ok(draft.company_name()),
    }
}
