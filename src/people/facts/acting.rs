//! Who can act for an organisation, and in which roles.

use diesel::prelude::*;

use super::{IsActive, is_active, person_organisation};
use crate::access::Role;
use crate::db::Connection;
use crate::db::schema::{people, person_roles};
use crate::error::Result;
use crate::language::Language;
use crate::partners::facts::{OrganisationRow, organisation};
use crate::partners::model::Organisation;
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PersonId};

/// Somebody who can act in a role.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = people)]
pub struct RoleHolder {
    pub name: String,
    pub email: Email,
    pub language: Option<Language>,
}

/// Some people of an organisation who have one of these roles, and can be asked to act on it, by name. Whoever was added
/// and has not been here yet cannot be asked.
///
/// # Errors
/// Database errors.
pub fn holders(
    conn: &mut Connection,
    organisation: &OrganisationId,
    roles: &[Role],
    most: i64,
) -> Result<Vec<RoleHolder>> {
    acting(conn, organisation, (roles, Whom::BeenHere), most)
}

/// The same with those who have a temporary password: to whom letters go that somebody has to read.
///
/// # Errors
/// Database errors.
pub fn addressees(
    conn: &mut Connection,
    organisation: &OrganisationId,
    roles: &[Role],
    most: i64,
) -> Result<Vec<RoleHolder>> {
    acting(conn, organisation, (roles, Whom::All), most)
}

/// The same of one person: nobody when that person is gone, is not of this organisation or has none of these roles.
///
/// # Errors
/// Database errors.
pub fn holder(
    conn: &mut Connection,
    organisation: &OrganisationId,
    roles: &[Role],
    person: &PersonId,
) -> Result<Option<RoleHolder>> {
    Ok(acting(conn, organisation, (roles, Whom::One(person)), 1)?.pop())
}

/// Whom of those who can act is meant.
#[derive(Clone, Copy)]
enum Whom<'a> {
    All,
    /// Those who have chosen a password of their own.
    BeenHere,
    One(&'a PersonId),
}

/// The one place that knows who can act: active, with an account of one's own.
#[diesel::dsl::auto_type]
fn can_act() -> _ {
    let active: IsActive = is_active();
    people::table.filter(active).filter(people::invited_at.is_null())
}

/// Who can act in one of these roles.
fn acting(
    conn: &mut Connection,
    organisation: &OrganisationId,
    (roles, whom): (&[Role], Whom),
    most: i64,
) -> Result<Vec<RoleHolder>> {
    let has_one = person_roles::table
        .filter(person_roles::person_id.eq(people::id))
        .filter(person_roles::role.eq_any(roles.iter().copied()));
    let mut query = can_act()
        .filter(people::organisation_id.eq(organisation))
        .filter(diesel::dsl::exists(has_one))
        .order((people::sort_name, people::id))
        .select(RoleHolder::as_select())
        .limit(most)
        .into_boxed();
    query = match whom {
        Whom::All => query,
        Whom::BeenHere => query.filter(people::must_change_password.eq(false)),
        Whom::One(person) => query.filter(people::id.eq(person)),
    };
    Ok(query.load(conn)?)
}

/// Everybody of an organisation who can act now, with the roles.
///
/// # Errors
/// Database errors.
pub fn members(conn: &mut Connection, organisation: &OrganisationId) -> Result<Vec<(PersonId, Vec<Role>)>> {
    let rows: Vec<(PersonId, Role)> = can_act()
        .inner_join(person_roles::table)
        .filter(people::organisation_id.eq(organisation))
        .order(people::id)
        .select((people::id, person_roles::role))
        .load(conn)?;
    let mut members: Vec<(PersonId, Vec<Role>)> = Vec::new();
    for (person, role) in rows {
        match members.last_mut().filter(|(last, _)| *last == person) {
            Some((_, roles)) => roles.push(role),
            None => members.push((person, vec![role])),
        }
    }
    Ok(members)
}

/// Somebody who can act now.
#[derive(Clone, Debug)]
pub struct Member {
    pub organisation: Organisation,
    pub roles: Vec<Role>,
}

/// The person, unless it is invited or deactivated.
///
/// # Errors
/// Database errors.
pub fn member(conn: &mut Connection, person: &PersonId) -> Result<Option<Member>> {
    let organisation: Option<OrganisationRow> = can_act()
        .inner_join(organisation(person_organisation))
        .filter(people::id.eq(person))
        .select(OrganisationRow::as_select())
        .first(conn)
        .optional()?;
    let Some(organisation) = organisation else { return Ok(None) };
    Ok(Some(Member { organisation: organisation.into(), roles: roles_of(conn, person)? }))
}

/// The roles of somebody.
///
/// # Errors
/// Database errors.
pub fn roles_of(conn: &mut Connection, person: &PersonId) -> Result<Vec<Role>> {
    Ok(person_roles::table
        .filter(person_roles::person_id.eq(person))
        .order(person_roles::role)
        .select(person_roles::role)
        .load(conn)?)
}

/// Whether somebody who is active administers an organisation and signs in with this address.
///
/// # Errors
/// Database errors.
pub fn administers(conn: &mut Connection, organisation: &OrganisationId, address: &Email) -> Result<bool> {
    let found: i64 = people::table
        .inner_join(person_roles::table)
        .filter(people::organisation_id.eq(organisation))
        .filter(people::email.eq(address))
        .filter(is_active())
        .filter(person_roles::role.eq(Role::GlobalAdmin))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}
