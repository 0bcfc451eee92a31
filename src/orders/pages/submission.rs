//! Submit.

use actix_web::{HttpResponse, web};

use super::closed::confirmation_of;
use super::step::setup_secret;
use crate::access::permission::AddCustomers;
use crate::error::Result;
use crate::orders::commands;
use crate::orders::draft::{self, DraftState};
use crate::orders::form::SubmissionForm;
use crate::orders::model::{Hindrance, Step};
use crate::orders::said::Said;
use crate::orders::store::placing::{Reviewed, Submitted};
use crate::paths;
use crate::values::id::DraftId;
use crate::web::{Ask, see_other, version};

/// `POST /drafts/{id}/submission`
pub async fn create(
    ask: Ask<AddCustomers>,
    id: web::Path<DraftId>,
    web::Form(form): web::Form<SubmissionForm>,
) -> Result<HttpResponse> {
    let wanted = *id;
    let draft = ask.read(move |conn, by| draft::store::find(conn, by, &wanted)).await?;
    let adds_customer = draft.customer.is_none() && draft.state == DraftState::Open;
    let password = adds_customer.then(|| setup_secret(&ask.session(), &id));
    let gives_tenant_owner = form.tenant_owner == "yes";
    let version = version::read_or_none(&form.version);
    let reviewed = Reviewed { version, mark: form.mark, gives_tenant_owner };
    let place = match commands::submit(&ask, &ask.by, (&id, reviewed), password).await? {
        Submitted::Done => confirmation_of(&ask, &id).await?,
        Submitted::Changed => return ask.done(&Said::DraftChanged, paths::orders::draft_review(&id)),
        Submitted::AccountFirst => paths::orders::check_account(&id),
        // The page of a cancelled draft says so itself.
        Submitted::Cancelled => paths::orders::draft_review(&id),
        Submitted::Refused(hindrances) => match hindrances.first().map(Hindrance::step) {
            Some(Step::Account) => paths::orders::check_account_for_review(&id),
            // Review leads to where it is filled in.
            Some(Step::Registration | Step::Agreement | Step::Relationship) => {
                paths::orders::draft_review(&id)
            }
            _ => paths::orders::check_subscriptions(&id),
        },
    };
    Ok(see_other(place))
}
