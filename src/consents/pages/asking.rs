//! Ask the customer: makes a request, and leads to the draft of its letter.

use actix_web::{HttpResponse, web};

use crate::access::permission::AskForAgreements;
use crate::agreements::model::{Party, Subject};
use crate::agreements::store::requests::{self, Asked};
use crate::consents::commands::{link_name, prepare};
use crate::consents::said::Said;
use crate::consents::store::subject::{self, OfDraft};
use crate::customers;
use crate::customers::new_account::Terms;
use crate::error::{Error, Result};
use crate::paths;
use crate::values::id::{CustomerId, DraftId};
use crate::values::moment::Moment;
use crate::web::{Ask, once, see_other};

/// `POST /drafts/{id}/agreement-request`
pub async fn of_draft(ask: Ask<AskForAgreements>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = DraftId::parse(&id).ok_or(Error::NotFound)?;
    let (draft, terms) = (id, Terms::of(&ask.by, &ask.site, Moment::now()));
    let found = ask.read(move |conn, by| subject::of_draft(conn, by, &draft, &terms)).await?;
    match found {
        OfDraft::Ready(party) => ask_party(&ask, Subject::Draft(id), party).await,
        OfDraft::Customer(customer) => ask_customer(&ask, customer).await,
        OfDraft::NotYet => Ok(see_other(paths::orders::check_account(&id))),
    }
}

/// `POST /customers/{id}/agreement-request`
pub async fn of_customer(ask: Ask<AskForAgreements>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = CustomerId::parse(&id).ok_or(Error::NotFound)?;
    ask_customer(&ask, id).await
}

async fn ask_customer(ask: &Ask<AskForAgreements>, id: CustomerId) -> Result<HttpResponse> {
    let wanted = id;
    let customer = ask.read(move |conn, by| customers::store::find(conn, &by.reach(), &wanted)).await?;
    if customer.account.agreement.is_accepted() {
        return ask.done(&Said::AcceptedAlready, paths::customers::account(&id));
    }
    let party = customer.account.party();
    ask_party(ask, Subject::Customer(id), party).await
}

async fn ask_party(ask: &Ask<AskForAgreements>, subject: Subject, party: Party) -> Result<HttpResponse> {
    let now = Moment::now();
    let (new, token) = prepare(ask.language(), (&ask.by, &ask.site), party, now)?;
    match ask.write(move |conn, by| requests::ask(conn, by, &subject, &new, now)).await? {
        Asked::New(id) => {
            once::put(&ask.session(), &link_name(&id), token.reveal());
            Ok(see_other(paths::consents::request(&id)))
        }
        Asked::Open(id) => ask.done(&Said::OpenAlready, paths::consents::request(&id)),
        Asked::Accepted(id) => ask.done(&Said::AcceptedAlready, paths::consents::request(&id)),
    }
}
