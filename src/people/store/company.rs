//! The people of a customer's company, as its partners look after them. Who may do that, and where it is recorded, the
//! caller knows.

use super::change::{Wanted, has_other_global_admin, open_again, put, shut_down};
use crate::access::Role;
use crate::activity::Change;
use crate::db::Connection;
use crate::error::Result;
use crate::people::model::{Member, Refusal, Standing};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;

/// Renames somebody and gives exactly these roles; answers what that changed.
///
/// # Errors
/// Database errors.
pub fn change(
    conn: &mut Connection,
    company: &OrganisationId,
    (member, version): (&Member, i32),
    wanted: &Wanted,
) -> Result<Result<Vec<Change>, Refusal>> {
    let loses_admin = member.is_global_admin() && !wanted.roles.contains(&Role::GlobalAdmin);
    if member.standing == Standing::Inactive {
        return Ok(Err(Refusal::NotNow));
    }
    if member.version != version {
        return Ok(Err(Refusal::Stale));
    }
    if loses_admin && !has_other_global_admin(conn, company, &member.id)? {
        return Ok(Err(Refusal::LastGlobalAdmin));
    }
    Ok(put(conn, (member, version), wanted)?.ok_or(Refusal::Stale))
}

/// Closes an account, unless it is the company's last Global admin.
///
/// # Errors
/// Database errors.
pub fn close(
    conn: &mut Connection,
    company: &OrganisationId,
    member: &Member,
    now: Moment,
) -> Result<Result<(), Refusal>> {
    if member.is_global_admin() && !has_other_global_admin(conn, company, &member.id)? {
        return Ok(Err(Refusal::LastGlobalAdmin));
    }
    Ok(if shut_down(conn, &member.id, now)? { Ok(()) } else { Err(Refusal::NotNow) })
}

/// Opens a closed account again, with the roles of before.
///
/// # Errors
/// Database errors.
pub fn restore(conn: &mut Connection, member: &Member, now: Moment) -> Result<Result<(), Refusal>> {
    Ok(if open_again(conn, &member.id, now)? { Ok(()) } else { Err(Refusal::NotNow) })
}
