//! Deeds of this area that hash passwords, or are more than one step in the store.

pub mod new_customer;

use super::draft;
use super::draft::store::{Choice, Existing, Saved};
use super::form::{Entered, OffersForm};
use super::model::Making;
use super::store::placing::{self, Reviewed, Submitted, Ticket};
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers::new_account::Terms;
use crate::error::Result;
use crate::users::store::first::FirstAdmin;
use crate::values::id::{CustomerId, CustomerUserId, DelegationId, DraftId, OrderId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::NewPassword;
use crate::web::Portal;

/// Keeps what was chosen, and begins the draft with it where there is none yet. Where somebody else saved something in
/// between, only what was touched is put over it, and `entered` is both then; it is a conflict when both touched the
/// same.
///
/// # Errors
/// Database errors.
pub async fn choose(
    at: &Portal,
    by: &Allowed<AddCustomers>,
    making: &Making,
    (form, entered): (&OffersForm, &mut Entered),
) -> Result<Saved> {
    let saved = save_choice(at, by, making, (&form.mark, entered)).await?;
    if let Saved::Conflict(theirs) = &saved
        && let Some(merged) = entered.over(&form.opened, theirs)
    {
        *entered = merged;
        return save_choice(at, by, making, (&theirs.choice_mark(), entered)).await;
    }
    Ok(saved)
}

async fn save_choice(
    at: &Portal,
    by: &Allowed<AddCustomers>,
    making: &Making,
    (mark, entered): (&str, &Entered),
) -> Result<Saved> {
    let (lines, mpn_id) = (entered.lines.clone(), entered.mpn_id.clone());
    let choice = Choice { lines, mpn_id, mark: mark.to_owned() };
    let (by, id, now) = (by.clone(), making.draft.id, Moment::now());
    let base = making.draft.base;
    let beginning = making.draft.customer.filter(|_| !making.is_begun());
    let beginning = beginning.map(|customer| Existing { customer, base });
    at.db
        .write(move |conn| {
            if beginning.is_some() {
                draft::store::begin(conn, &by, &id, beginning.as_ref(), now)?;
            }
            draft::store::set_choice(conn, &by, &id, &choice, now)
        })
        .await
}

/// Submits a draft as it was reviewed. A new customer's first user gets this password.
///
/// # Errors
/// [`crate::error::Error::Busy`], after which nothing was done; [`crate::error::Error::NotFound`] for another
/// organisation's draft; database errors.
pub async fn submit(
    at: &Portal,
    by: &Allowed<AddCustomers>,
    (id, reviewed): (&DraftId, Reviewed),
    password: Option<NewPassword>,
) -> Result<Submitted> {
    let admin = match password {
        Some(password) => {
            let password_hash = at.turns.take().await?.work(move |turn| password.hash(turn)).await?;
            Some(FirstAdmin { id: CustomerUserId::new(), person: PersonId::new(), password_hash })
        }
        None => None,
    };
    let ticket = Ticket {
        order: OrderId::new(),
        customer: CustomerId::new(),
        delegation: DelegationId::new(),
        admin,
        now: Moment::now(),
    };
    let terms = Terms::of(by, &at.site, ticket.now);
    let (by, id) = (by.clone(), *id);
    at.db.write(move |conn| placing::submit(conn, &by, (&id, &reviewed), &ticket, &terms)).await
}
