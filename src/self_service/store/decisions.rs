//! Whether a provider administers an account, and what comes back with that.

use crate::access::Allowed;
use crate::access::permission::DecideDelegatedAdmin;
use crate::customers;
use crate::customers::store::delegated_admin::{Decided, set_provider};
use crate::db::Connection;
use crate::endings::store::consenting::resume_for_customer;
use crate::error::Result;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// Lets the provider administer an account of the viewer's company, or no longer. After a relationship came back without
/// that, its resellers have waited for it, and come back too.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such account; database errors.
pub fn decide_provider(
    conn: &mut Connection,
    by: &Allowed<DecideDelegatedAdmin>,
    id: &CustomerId,
    is_given: bool,
    now: Moment,
) -> Result<Decided> {
    let customer = customers::store::find(conn, &by.reach(), id)?;
    let decided = set_provider(conn, by, id, is_given, now)?;
    if is_given && matches!(decided, Decided::Now { .. }) {
        resume_for_customer(conn, by, &customer, now)?;
    }
    Ok(decided)
}
