//! Submit.

use actix_session::Session;
use actix_web::{HttpResponse, web};

use super::step::{confirmation_of, setup_secret};
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers::new_account::Terms;
use crate::customers::store::FirstAdmin;
use crate::db::Db;
use crate::error::Result;
use crate::orders::draft::{self, Draft, DraftState};
use crate::orders::form::SubmissionForm;
use crate::orders::model::{Hindrance, Step};
use crate::orders::said::Said;
use crate::orders::store::placing::{Reviewed, Submitted, Ticket, submit};
use crate::paths;
use crate::values::id::{CustomerId, CustomerUserId, DelegationId, DraftId, OrderId};
use crate::values::moment::Moment;
use crate::values::password::Turns;
use crate::web::{Shell, Site, say, see_other};

/// `POST /drafts/{id}/submission`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<AddCustomers>,
    (db, site, turns): (web::Data<Db>, web::Data<Site>, web::Data<Turns>),
    id: web::Path<DraftId>,
    web::Form(form): web::Form<SubmissionForm>,
) -> Result<HttpResponse> {
    let (asking, wanted) = (may.clone(), id.clone());
    let draft = db.read(move |conn| draft::store::find(conn, &asking, &wanted)).await?;
    let ticket = Ticket {
        order: OrderId::new(),
        customer: CustomerId::new(),
        delegation: DelegationId::new(),
        admin: first_admin(&session, &draft, &turns).await?,
        now: Moment::now(),
    };
    let terms = Terms::of(may.viewer(), &site, ticket.now);
    let (by, wanted) = (may.clone(), id.clone());
    let reviewed = Reviewed { version: form.version(), mark: form.mark };
    let submitted = db.write(move |conn| submit(conn, &by, (&wanted, &reviewed), &ticket, &terms)).await?;
    Ok(see_other(match submitted {
        Submitted::Done => confirmation_of(&db, &may, &id).await?,
        Submitted::Changed => {
            say(&session, &shell, &Said::DraftChanged)?;
            paths::orders::draft_review(&id)
        }
        Submitted::AccountFirst => paths::orders::check_account(&id),
        // The page of a cancelled draft says so itself.
        Submitted::Cancelled => paths::orders::draft_review(&id),
        Submitted::Refused(hindrances) => match hindrances.first().map(Hindrance::step) {
            Some(Step::Account) => paths::orders::check_account_for_review(&id),
            Some(Step::Agreement) => paths::orders::draft_review(&id),
            _ => paths::orders::check_subscriptions(&id),
        },
    }))
}

/// The first user of a new customer; nothing for an existing customer or a draft that is submitted already.
async fn first_admin(session: &Session, draft: &Draft, turns: &Turns) -> Result<Option<FirstAdmin>> {
    if draft.customer.is_some() || draft.state != DraftState::Open {
        return Ok(None);
    }
    let password = setup_secret(session, &draft.id);
    let password_hash = turns.take().await?.work(move |turn| password.hash(turn)).await?;
    Ok(Some(FirstAdmin { id: CustomerUserId::new(), password_hash }))
}
