//! What a company begins by itself, by a request that it accepted.

use diesel::prelude::*;

use super::association::{NewDelegation, entry};
use super::delegations::insert;
use crate::activity;
use crate::db::Connection;
use crate::db::schema::{customers, delegations};
use crate::error::Result;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::moment::Moment;

/// The reseller's relationship with a company that accepted it: a delegation, or one that lasts no moment where no
/// administration was asked for, so that the customer stands as the reseller's without being administered by it. Answers
/// `false` where the reseller administers it already.
///
/// # Errors
/// Database errors.
pub fn begin(
    conn: &mut Connection,
    (provider, visitor): (&OrganisationId, (&str, &str)),
    new: &NewDelegation<'_>,
    administers: bool,
    now: Moment,
) -> Result<bool> {
    let lasting: i64 = delegations::table
        .filter(delegations::customer_id.eq(new.customer))
        .filter(delegations::reseller_id.eq(new.reseller))
        .filter(delegations::ended_at.is_null())
        .count()
        .get_result(conn)?;
    let is_new = lasting == 0 && insert(conn, provider, (new, visitor.0), administers, now)?;
    if is_new && administers {
        let entry = entry(new);
        for organisation in [provider, new.reseller] {
            activity::store::record_by_visitor(conn, organisation, visitor, &entry, now)?;
        }
    }
    Ok(is_new)
}

/// Says of an account whether its provider administers the company: none was asked for, or the company gave it again.
///
/// # Errors
/// Database errors.
pub fn delegate(conn: &mut Connection, id: &CustomerId, administers: bool) -> Result<()> {
    diesel::update(customers::table.filter(customers::id.eq(id)))
        .set((
            customers::is_delegated.eq(administers),
            // What was never given was taken away by nobody.
            customers::undelegated_at.eq(None::<Moment>),
        ))
        .execute(conn)?;
    Ok(())
}
