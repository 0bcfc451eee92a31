//! Changing members: name and roles, deactivating and restoring, ending their sign-ins.

use diesel::prelude::*;

use super::give;
use super::list::find;
use crate::access::permission::{ManagePeople, OpenAccounts};
use crate::access::{Allowed, Role, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::{people, person_roles};
use crate::error::Result;
use crate::gate::renewed;
use crate::people::model::{Member, RESTORABLE_DAYS, Refusal, Standing, givable, may_change};
use crate::session::store::ends;
use crate::values::id::{OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;

/// What a member is to be called and to be.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub name: String,
    pub roles: Vec<Role>,
}

/// Renames a member and gives exactly these roles. They count from the member's next request. Answers whether there
/// was anything to change.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such member; database errors.
pub fn change(
    conn: &mut Connection,
    by: &Allowed<ManagePeople>,
    (id, version): (&PersonId, i32),
    wanted: &Wanted,
    now: Moment,
) -> Result<Result<bool, Refusal>> {
    let (by, member) = (&renewed(conn, by)?, find(conn, &by.organisation.id, id)?);
    if wanted.roles.iter().any(|role| !member.roles.contains(role)) {
        Allowed::<OpenAccounts>::check(by)?;
    }
    let loses_admin = member.is_global_admin() && !wanted.roles.contains(&Role::GlobalAdmin);
    let refusal = if !may_give(by, &member, &wanted.roles) {
        Some(Refusal::TakesGlobalAdmin)
    } else if member.standing == Standing::Inactive {
        Some(Refusal::NotNow)
    } else if loses_admin && !has_other_global_admin(conn, &by.organisation.id, id)? {
        Some(Refusal::LastGlobalAdmin)
    } else {
        None
    };
    if let Some(refusal) = refusal {
        return refused(conn, by, (Action::UpdatePerson, &member), refusal, now);
    }
    if member.name == wanted.name && member.roles == wanted.roles {
        return Ok(Ok(false));
    }
    let Some(changes) = put(conn, (&member, version), wanted)? else { return Ok(Err(Refusal::Stale)) };
    let entry = entry(Action::UpdatePerson, &member).with(changes);
    activity::store::record(conn, by, &entry, now)?;
    Ok(Ok(true))
}

/// Writes name and roles, and answers what that changed; none when somebody else changed the member since that version.
pub(super) fn put(
    conn: &mut Connection,
    (member, version): (&Member, i32),
    wanted: &Wanted,
) -> Result<Option<Vec<Change>>> {
    let met = diesel::update(people::table.find(&member.id).filter(people::version.eq(version)))
        .set((
            people::name.eq(&wanted.name),
            people::sort_name.eq(sort_name(&wanted.name)),
            people::version.eq(people::version + 1),
        ))
        .execute(conn)?;
    if met == 0 {
        return Ok(None);
    }
    diesel::delete(person_roles::table.filter(person_roles::person_id.eq(&member.id))).execute(conn)?;
    give(conn, &member.id, &wanted.roles)?;
    let changes = [
        Change::new("name", &member.name, &wanted.name),
        Change::new("roles", kept(&member.roles), kept(&wanted.roles)),
    ];
    Ok(Some(changes.into_iter().filter(|change| change.old != change.new).collect()))
}

/// Deactivates a member: the next request finds nobody signed in, and no link to a password works any more.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such member; database errors.
pub fn deactivate(
    conn: &mut Connection,
    by: &Allowed<ManagePeople>,
    id: &PersonId,
    now: Moment,
) -> Result<Result<(), Refusal>> {
    let (by, member) = (&renewed(conn, by)?, find(conn, &by.organisation.id, id)?);
    let refusal = if let Some(refusal) = hindrance(by, &member) {
        Some(refusal)
    } else if member.is_global_admin() && !has_other_global_admin(conn, &by.organisation.id, id)? {
        Some(Refusal::LastGlobalAdmin)
    } else {
        None
    };
    if let Some(refusal) = refusal {
        return refused(conn, by, (Action::DeactivatePerson, &member), refusal, now);
    }
    shut_down(conn, id, now)?;
    activity::store::record(conn, by, &entry(Action::DeactivatePerson, &member), now)?;
    Ok(Ok(()))
}

/// Closes an account, in which nobody is signed in any more. Answers `false` when it was closed already.
pub(super) fn shut_down(conn: &mut Connection, id: &PersonId, now: Moment) -> Result<bool> {
    let met = diesel::update(people::table.find(id).filter(people::state.eq("active")))
        .set((
            people::state.eq("inactive"),
            people::deactivated_at.eq(now),
            people::version.eq(people::version + 1),
        ))
        .execute(conn)?;
    ends::shut_out(conn, id)?;
    Ok(met > 0)
}

/// Brings a deactivated member back with the roles of before.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such member; database errors.
pub fn restore(
    conn: &mut Connection,
    by: &Allowed<OpenAccounts>,
    id: &PersonId,
    now: Moment,
) -> Result<Result<(), Refusal>> {
    let (by, member) = (&renewed(conn, by)?, find(conn, &by.organisation.id, id)?);
    if !may_change(&by.roles, &member.roles) {
        return refused(conn, by, (Action::RestorePerson, &member), Refusal::TakesGlobalAdmin, now);
    }
    if !open_again(conn, id, now)? {
        return Ok(Err(Refusal::NotNow));
    }
    activity::store::record(conn, by, &entry(Action::RestorePerson, &member), now)?;
    Ok(Ok(()))
}

/// Opens a closed account again. Answers `false` when it is open, or its time is over.
pub(super) fn open_again(conn: &mut Connection, id: &PersonId, now: Moment) -> Result<bool> {
    let restorable = people::table
        .find(id)
        .filter(people::state.eq("inactive"))
        .filter(people::deactivated_at.gt(now.plus_days(-RESTORABLE_DAYS)));
    let met = diesel::update(restorable)
        .set((
            people::state.eq("active"),
            people::deactivated_at.eq(None::<Moment>),
            people::version.eq(people::version + 1),
        ))
        .execute(conn)?;
    Ok(met > 0)
}

/// Ends all sign-ins of a member; answers how many there were.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such member; database errors.
pub fn end_sign_ins(
    conn: &mut Connection,
    by: &Allowed<ManagePeople>,
    id: &PersonId,
    now: Moment,
) -> Result<Result<usize, Refusal>> {
    let (by, member) = (&renewed(conn, by)?, find(conn, &by.organisation.id, id)?);
    if !may_change(&by.roles, &member.roles) {
        return refused(conn, by, (Action::EndSignIns, &member), Refusal::TakesGlobalAdmin, now);
    }
    let ended = ends::end_sign_ins(conn, id)?;
    if ended > 0 {
        activity::store::record(conn, by, &entry(Action::EndSignIns, &member), now)?;
    }
    Ok(Ok(ended))
}

/// Why a member cannot be deactivated, as far as it shows without counting Global admins.
pub fn hindrance(by: &Viewer, member: &Member) -> Option<Refusal> {
    match () {
        () if member.standing == Standing::Inactive => Some(Refusal::NotNow),
        () if member.id == by.person => Some(Refusal::Oneself),
        () if !may_change(&by.roles, &member.roles) => Some(Refusal::TakesGlobalAdmin),
        () => None,
    }
}

/// Roles as the log keeps them.
pub(super) fn kept(roles: &[Role]) -> String {
    roles.iter().map(Role::as_text).collect::<Vec<_>>().join(" ")
}

pub(super) fn entry(action: Action, member: &Member) -> Entry {
    Entry::new(action, "person", member.id, format!("{} ({})", member.name, member.email))
}

fn may_give(by: &Viewer, member: &Member, roles: &[Role]) -> bool {
    let givable = givable(&by.roles);
    let are_givable = roles.iter().all(|role| member.roles.contains(role) || givable.contains(role));
    may_change(&by.roles, &member.roles) && are_givable
}

/// Whether somebody else can act as Global admin. Transactions run one after the other, so of two admins who
/// demote each other at the same moment one is left.
pub(super) fn has_other_global_admin(
    conn: &mut Connection,
    of: &OrganisationId,
    than: &PersonId,
) -> Result<bool> {
    let others = people::table
        .inner_join(person_roles::table)
        .filter(people::organisation_id.eq(of))
        .filter(people::id.ne(than))
        .filter(people::state.eq("active"))
        .filter(people::invited_at.is_null())
        .filter(person_roles::role.eq(Role::GlobalAdmin))
        .count()
        .get_result::<i64>(conn)?;
    Ok(others > 0)
}

pub(super) fn refused<T>(
    conn: &mut Connection,
    by: &Viewer,
    (action, member): (Action, &Member),
    refusal: Refusal,
    now: Moment,
) -> Result<Result<T, Refusal>> {
    let entry = entry(action, member).with([Change::set("refused", refusal.as_text())]).failed();
    activity::store::record(conn, by, &entry, now)?;
    Ok(Err(refusal))
}
