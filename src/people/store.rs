//! Queries about people.

pub mod address;
pub mod change;
pub mod company;
pub mod forgotten;
pub mod list;
pub mod passwords;
pub mod profile;
pub mod purge;
pub mod second_factor;
pub mod temporary;

use diesel::prelude::*;

use crate::access::Role;
use crate::db::schema::{people, person_roles};
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::language::Language;
pub use crate::people::facts::{has_account, learn_language, password_of};
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use crate::values::password::PasswordHash;

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub id: PersonId,
    pub organisation: OrganisationId,
    pub name: String,
    pub email: Email,
    pub password_hash: PasswordHash,
    pub must_change_password: bool,
    /// IANA name, such as `Europe/Berlin`.
    pub time_zone: String,
    /// Where it is known before the first sign-in.
    pub language: Option<Language>,
    pub roles: Vec<Role>,
}

/// Adds a person with roles; answers `false` when the email address has an account already.
///
/// # Errors
/// Database errors.
pub fn add(conn: &mut Connection, person: &NewPerson, now: Moment) -> Result<bool> {
    let is_new = unless_taken(
        conn,
        diesel::insert_into(people::table).values((
            people::id.eq(&person.id),
            people::organisation_id.eq(&person.organisation),
            people::name.eq(&person.name),
            people::sort_name.eq(sort_name(&person.name)),
            people::version.eq(1),
            people::email.eq(&person.email),
            people::password_hash.eq(&person.password_hash),
            people::must_change_password.eq(person.must_change_password),
            people::password_set_at.eq(now),
            people::state.eq("active"),
            people::time_zone.eq(&person.time_zone),
            people::language.eq(person.language),
            people::created_at.eq(now),
        )),
    )?;
    if is_new {
        give(conn, &person.id, &person.roles)?;
    }
    Ok(is_new)
}

/// Forgets a person for whom nobody has set another password than the first, as if there had been none. Answers `false` where
/// somebody has. Then the caller's transaction must not be kept.
///
/// # Errors
/// Database errors, where something refers to the person.
pub fn forget_untouched(conn: &mut Connection, id: &PersonId) -> Result<bool> {
    diesel::delete(person_roles::table.filter(person_roles::person_id.eq(id))).execute(conn)?;
    let untouched = people::table
        .find(id)
        .filter(people::password_set_at.eq(people::created_at.nullable()))
        .filter(people::signed_in_at.is_null());
    Ok(diesel::delete(untouched).execute(conn)? == 1)
}

/// Notes that somebody reads the mailbox of the account.
///
/// # Errors
/// Database errors.
pub fn prove_mailbox(conn: &mut Connection, id: &PersonId, now: Moment) -> Result<()> {
    diesel::update(people::table.find(id)).set(people::mailbox_proved_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Gives roles to somebody who has none of them.
fn give(conn: &mut Connection, id: &PersonId, roles: &[Role]) -> Result<()> {
    for role in roles {
        diesel::insert_into(person_roles::table)
            .values((person_roles::person_id.eq(id), person_roles::role.eq(*role)))
            .execute(conn)?;
    }
    Ok(())
}
