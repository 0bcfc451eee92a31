//! Ask the customer: makes a request, and leads to the draft of its letter.

use actix_session::Session;
use actix_web::{HttpResponse, web};

use crate::access::Allowed;
use crate::access::permission::AskForAgreements;
use crate::agreements::model::{Party, Subject};
use crate::agreements::store::requests::{self, Asked};
use crate::consents::commands::{link_name, prepare};
use crate::consents::said::Said;
use crate::consents::store::subject::{self, OfDraft};
use crate::customers;
use crate::customers::new_account::Terms;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::paths;
use crate::values::id::{CustomerId, DraftId};
use crate::values::moment::Moment;
use crate::web::{Shell, Site, once, say, see_other};

/// `POST /drafts/{id}/agreement-request`
pub async fn of_draft(
    (shell, session): (Shell, Session),
    may: Allowed<AskForAgreements>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = DraftId::parse(&id).ok_or(Error::NotFound)?;
    let terms = Terms::of(&may, &site, Moment::now());
    let (by, draft) = (may.clone(), id.clone());
    let found = db.read(move |conn| subject::of_draft(conn, &by, &draft, &terms)).await?;
    match found {
        OfDraft::Ready(party) => ask((shell, session), may, (&db, &site), Subject::Draft(id), party).await,
        OfDraft::Customer(customer) => ask_customer((shell, session), may, (&db, &site), customer).await,
        OfDraft::NotYet => Ok(see_other(paths::orders::check_account(&id))),
    }
}

/// `POST /customers/{id}/agreement-request`
pub async fn of_customer(
    (shell, session): (Shell, Session),
    may: Allowed<AskForAgreements>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = CustomerId::parse(&id).ok_or(Error::NotFound)?;
    ask_customer((shell, session), may, (&db, &site), id).await
}

async fn ask_customer(
    (shell, session): (Shell, Session),
    may: Allowed<AskForAgreements>,
    (db, site): (&Db, &Site),
    id: CustomerId,
) -> Result<HttpResponse> {
    let (reach, wanted) = (may.reach(), id.clone());
    let customer = db.read(move |conn| customers::store::find(conn, &reach, &wanted)).await?;
    if customer.account.agreement.is_accepted() {
        say(&session, &shell, &Said::AcceptedAlready)?;
        return Ok(see_other(paths::customers::account(&id)));
    }
    let party = customer.account.party();
    ask((shell, session), may, (db, site), Subject::Customer(id), party).await
}

async fn ask(
    (shell, session): (Shell, Session),
    may: Allowed<AskForAgreements>,
    (db, site): (&Db, &Site),
    subject: Subject,
    party: Party,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let (new, token) = prepare(&may, site, party, now)?;
    let asked = db.write(move |conn| requests::ask(conn, &may, &subject, &new, now)).await?;
    let id = match asked {
        Asked::New(id) => {
            once::put(&session, &link_name(&id), token.reveal());
            id
        }
        Asked::Open(id) => {
            say(&session, &shell, &Said::OpenAlready)?;
            id
        }
        Asked::Accepted(id) => {
            say(&session, &shell, &Said::AcceptedAlready)?;
            id
        }
    };
    Ok(see_other(paths::consents::request(&id)))
}
