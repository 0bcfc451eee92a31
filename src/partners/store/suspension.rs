//! Since when an organisation is suspended and why, and how it comes to be and ends.

use diesel::prelude::*;

use super::find;
use crate::access::permission::SuspendOrganisations;
use crate::access::{Allowed, OrganisationKind};
use crate::db::Connection;
use crate::db::schema::organisations;
use crate::error::Result;
use crate::partners::model::OrganisationState;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;

/// Turns an organisation from one state into the other, since when and why. The state is the lock: answers `false` when
/// it is another one, or it is the operator itself or a customer's company, which cannot be suspended.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn turn(
    conn: &mut Connection,
    _by: &Allowed<SuspendOrganisations>,
    id: &OrganisationId,
    (old, new): (OrganisationState, OrganisationState),
    (suspended_at, reason): (Option<Moment>, &str),
) -> Result<bool> {
    let met = diesel::update(organisations::table)
        .filter(organisations::id.eq(id))
        .filter(organisations::state.eq(old))
        .filter(organisations::kind.ne_all([OrganisationKind::Operator, OrganisationKind::Customer]))
        .set((
            organisations::state.eq(new),
            organisations::suspended_at.eq(suspended_at),
            organisations::suspension_reason.eq(reason),
        ))
        .execute(conn)?;
    if met == 0 {
        // Nobody's organisation is not found; anybody else's is as it is.
        find(conn, id)?;
    }
    Ok(met == 1)
}

/// Since when and why an organisation is suspended, if it is.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn suspended(conn: &mut Connection, id: &OrganisationId) -> Result<Option<(Moment, String)>> {
    let row: Row = organisations::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.suspended_at.map(|at| (at, row.suspension_reason)))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = organisations)]
struct Row {
    suspended_at: Option<Moment>,
    suspension_reason: String,
}
