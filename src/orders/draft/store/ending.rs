//! The two ends of a draft: cancelled, or submitted as an order.

use diesel::prelude::*;

use super::{Draft, DraftState, find};
use crate::access::permission::SeeDrafts;
use crate::access::{Allowed, Permission};
use crate::activity::{self, Action, Entry};
use crate::agreements::store::requests;
use crate::customers;
use crate::db::Connection;
use crate::db::schema::{drafts, orders};
use crate::error::Result;
use crate::values::id::{DraftId, OrderId};
use crate::values::moment::Moment;

/// What became of a cancellation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    Now,
    /// It was cancelled before.
    Before,
    /// Too late: it is an order.
    Submitted,
}

/// Drops a draft of the viewer's organisation.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such draft; database errors.
pub fn cancel(
    conn: &mut Connection,
    by: &Allowed<SeeDrafts>,
    id: &DraftId,
    now: Moment,
) -> Result<Cancelled> {
    let draft = find(conn, by, id)?;
    let name = name_of(conn, by, &draft)?;
    let open = drafts::table
        .filter(drafts::id.eq(id))
        .filter(drafts::provider_id.eq(&by.organisation.id))
        .filter(drafts::state.eq(DraftState::Open));
    let changed = diesel::update(open)
        .set((
            drafts::state.eq(DraftState::Cancelled),
            drafts::updated_at.eq(now),
            drafts::version.eq(drafts::version + 1),
        ))
        .execute(conn)?;
    match (changed, draft.state) {
        (0, DraftState::Submitted) => Ok(Cancelled::Submitted),
        (0, _) => Ok(Cancelled::Before),
        _ => {
            let entry = Entry::new(Action::CancelDraft, "draft", id, &name);
            let entry = match &draft.customer {
                Some(customer) => entry.for_customer(customer, &name),
                None => entry,
            };
            activity::store::record(conn, by, &entry, now)?;
            requests::revoke_of_draft(conn, by, id, now)?;
            Ok(Cancelled::Now)
        }
    }
}

/// What people know a draft by: the customer's name, as far as there is one.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when its customer is beyond reach; database errors.
pub fn name_of(conn: &mut Connection, by: &Allowed<SeeDrafts>, draft: &Draft) -> Result<String> {
    match &draft.customer {
        Some(customer) => Ok(customers::store::find(conn, &by.reach(), customer)?.account.company_name),
        None => Ok(draft.company_name()),
    }
}

/// The order that a draft has become.
///
/// # Errors
/// Database errors.
pub fn order_of<P: Permission>(
    conn: &mut Connection,
    by: &Allowed<P>,
    draft: &DraftId,
) -> Result<Option<OrderId>> {
    let order = orders::table
        .filter(orders::draft_id.eq(draft))
        .filter(orders::provider_id.eq(&by.organisation.id))
        .select(orders::id)
        .first(conn)
        .optional()?;
    Ok(order)
}
