//! The people of a customer's company, as its partners look after them. Who may do that, and where it is recorded, the
//! caller knows.

use super::change::{Wanted, has_other_global_admin, open_again, put, shut_down};
use super::list::{self, IsWanted};
use super::passwords::invite_by_link;
use crate::access::Role;
use crate::activity::Change;
use crate::db::Connection;
use crate::error::Result;
use crate::people::model::{Member, Refusal, Standing};
use crate::values::id::{OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::token::TokenHash;
use crate::web::Count;
use crate::web::pager::{Page, Portion};

/// A page of them, by name.
///
/// # Errors
/// Database errors.
pub fn page_of(
    conn: &mut Connection,
    company: &OrganisationId,
    wanted: &list::Wanted,
    condition: Option<IsWanted>,
    portion: &Portion,
) -> Result<Page<Member>> {
    list::page_within(conn, company, wanted, condition, portion)
}

/// How many the list has.
///
/// # Errors
/// Database errors.
pub fn count(
    conn: &mut Connection,
    company: &OrganisationId,
    wanted: &list::Wanted,
    condition: Option<IsWanted>,
) -> Result<Count> {
    list::count_within(conn, company, wanted, condition)
}

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

/// Lets somebody in by a mailed link under which a password is chosen, and by nothing else.
///
/// # Errors
/// Database errors.
pub fn invite(conn: &mut Connection, person: &PersonId, token: &TokenHash, now: Moment) -> Result<()> {
    invite_by_link(conn, person, token, now)
}

/// Opens a closed account again, with the roles of before.
///
/// # Errors
/// Database errors.
pub fn restore(conn: &mut Connection, member: &Member, now: Moment) -> Result<Result<(), Refusal>> {
    Ok(if open_again(conn, &member.id, now)? { Ok(()) } else { Err(Refusal::NotNow) })
}
