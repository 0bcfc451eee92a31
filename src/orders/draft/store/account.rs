//! Saves the New customer form of a draft.

use diesel::prelude::*;

use super::{Draft, DraftState, find};
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::db::Connection;
use crate::db::schema::drafts;
use crate::error::{Error, Result};
use crate::orders::draft::domain_of;
use crate::values::id::{DraftId, OrganisationId};
use crate::values::mark::mark_of;
use crate::values::moment::Moment;

/// What became of a form that was sent.
#[derive(Debug)]
pub enum Saved {
    Saved,
    /// It was drawn from another version than the one that is kept; nothing was changed.
    Conflict(Box<Draft>),
    /// The draft is submitted or cancelled.
    Closed(Box<Draft>),
}

/// Keeps the form as typed, with the reseller when it may be named, unless somebody else's change would be lost:
/// `version` is [`mark_of`] the form that the page was drawn from. Sending the same twice saves it once.
///
/// # Errors
/// [`Error::NotFound`] when there is no such draft of a new customer in the viewer's organisation;
/// database errors.
pub fn set_account(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    id: &DraftId,
    (account, reseller, version): (&str, Option<&OrganisationId>, &str),
    now: Moment,
) -> Result<Saved> {
    let draft = find(conn, by, id)?;
    if draft.customer.is_some() {
        return Err(Error::NotFound);
    }
    if draft.state != DraftState::Open {
        return Ok(Saved::Closed(Box::new(draft)));
    }
    let is_same = draft.account == account && draft.reseller.as_ref() == reseller;
    if is_same {
        return Ok(Saved::Saved);
    }
    if draft.account != account && mark_of(&draft.account) != version {
        return Ok(Saved::Conflict(Box::new(draft)));
    }
    let open = drafts::table.filter(drafts::id.eq(id)).filter(drafts::state.eq(DraftState::Open));
    diesel::update(open)
        .set((
            drafts::account.eq(account),
            drafts::domain.eq(domain_of(account)),
            drafts::reseller_id.eq(reseller),
            drafts::updated_at.eq(now),
            drafts::version.eq(drafts::version + 1),
        ))
        .execute(conn)?;
    Ok(Saved::Saved)
}
