//! The company that a request is about, as its account says now.

use crate::access::{Allowed, Permission};
use crate::agreements::model::{Party, Request, Subject};
use crate::customers;
use crate::customers::new_account::{AccountForm, Terms};
use crate::db::Connection;
use crate::error::Result;
use crate::orders::facts::buyer_of_draft;
use crate::values::id::{CustomerId, DraftId};

/// Whom to ask for a draft.
pub enum OfDraft {
    Ready(Party),
    /// New customer is not filled in yet, or the draft is over: its own page says so.
    NotYet,
    /// The draft has become this customer, or orders for it.
    Customer(CustomerId),
}

/// Whom to ask for a draft of the viewer's organisation.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn of_draft<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    draft: &DraftId,
    terms: &Terms,
) -> Result<OfDraft> {
    let buyer = buyer_of_draft(conn, by, draft)?;
    let is_open = buyer.is_open();
    if let Some(customer) = buyer.customer {
        return Ok(OfDraft::Customer(customer));
    }
    let account = AccountForm::from_json(&buyer.account).parse(terms).ok().filter(|_| is_open);
    Ok(account.map_or(OfDraft::NotYet, |account| OfDraft::Ready(account.party())))
}

/// Whom a request would be made to now; none where that cannot be told.
///
/// # Errors
/// Database errors.
pub fn party_now<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    request: &Request,
    terms: &Terms,
) -> Result<Option<Party>> {
    match request.subject() {
        Some(Subject::Customer(customer)) => {
            Ok(Some(customers::store::find(conn, &by.reach(), &customer)?.account.party()))
        }
        Some(Subject::Draft(draft)) => match of_draft(conn, by, &draft, terms)? {
            OfDraft::Ready(party) => Ok(Some(party)),
            OfDraft::NotYet | OfDraft::Customer(_) => Ok(None),
        },
        None => Ok(None),
    }
}
