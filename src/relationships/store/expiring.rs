//! Delegations whose last day is over end by themselves.

use crate::activity::Author;
use crate::customers::store::{delegations, ending};
use crate::db::Connection;
use crate::error::Result;
use crate::partners::facts::name_of;
use crate::values::moment::Moment;

/// So many end in one transaction.
const AT_ONCE: i64 = 50;

/// Ends some delegations whose last day is over. Support falls back to the provider, as whenever one ends. Answers how
/// many.
///
/// # Errors
/// Database errors.
pub fn end_some(conn: &mut Connection, now: Moment) -> Result<usize> {
    let over = delegations::over(conn, now.day(), AT_ONCE)?;
    for one in &over {
        let provider_name = name_of(conn, &one.provider)?;
        let by = Author::portal((&one.provider, &provider_name));
        let customer = (&one.customer, one.company_name.as_str());
        ending::expire(conn, &by, (customer, &one.delegation), now)?;
    }
    Ok(over.len())
}
