//! Accounts, as far as signing in takes.

use std::collections::HashSet;

use chrono_tz::Tz;
use diesel::prelude::*;

use super::is_active;
use crate::access::{OrganisationKind, Viewer};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::people;
use crate::error::Result;
use crate::language::Language;
use crate::partners::facts::{Spokesman, organisation};
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

/// Whoever is signed in.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = people)]
pub struct Oneself {
    pub id: PersonId,
    pub name: String,
    pub email: Email,
    pub time_zone: String,
    pub language: Option<Language>,
    pub must_change_password: bool,
    pub second_factor_asked_at: Option<Moment>,
    pub mailbox_proved_at: Option<Moment>,
}

/// A password, and since when it holds.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = people)]
pub struct Credentials {
    #[diesel(column_name = id)]
    pub person: PersonId,
    /// With which the person signs in.
    pub email: Email,
    pub password_hash: PasswordHash,
    pub password_set_at: Option<Moment>,
    /// Whether it still is a temporary one.
    pub must_change_password: bool,
}

/// To whom letters about an account go.
#[derive(Clone, Debug)]
pub struct Addressee {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub name: String,
    /// With which the person signs in.
    pub account: Email,
    /// Where letters go.
    pub email: Email,
    pub zone: Tz,
    pub language: Option<Language>,
}

impl From<&Viewer> for Addressee {
    fn from(viewer: &Viewer) -> Self {
        Self {
            person: viewer.person,
            organisation: viewer.organisation.id,
            name: viewer.name.clone(),
            account: viewer.email.clone(),
            email: viewer.mailbox.clone(),
            zone: viewer.zone,
            language: viewer.language,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct AddresseeRow {
    id: PersonId,
    organisation_id: OrganisationId,
    name: String,
    email: Email,
    time_zone: String,
    language: Option<Language>,
    mailbox_proved_at: Option<Moment>,
    #[diesel(embed)]
    company: Spokesman,
}

/// Where letters about an account go. The user name of a customer's person looks like an address, but nobody knows
/// whether there is such a mailbox, or whose it is: a link to a new password must not go there. Until the person has
/// proved to read it, or chosen another address, letters go to the primary contact of the company, whose address the
/// provider keeps.
pub fn mailbox(account: &Email, is_proved: bool, company: &Spokesman) -> Email {
    let is_user_name = company.kind == OrganisationKind::Customer && !is_proved;
    let contact = Email::parse(&company.contact_email).ok().filter(|_| is_user_name);
    contact.unwrap_or_else(|| account.clone())
}

impl From<AddresseeRow> for Addressee {
    fn from(row: AddresseeRow) -> Self {
        Self {
            person: row.id,
            organisation: row.organisation_id,
            name: row.name,
            email: mailbox(&row.email, row.mailbox_proved_at.is_some(), &row.company),
            account: row.email,
            zone: row.time_zone.parse().unwrap_or(chrono_tz::UTC),
            language: row.language,
        }
    }
}

/// To whom letters about an account go.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is nobody; database errors.
pub fn addressee(conn: &mut Connection, person: &PersonId) -> Result<Addressee> {
    let row: AddresseeRow = people::table
        .inner_join(organisation(people::organisation_id))
        .filter(people::id.eq(person))
        .select(AddresseeRow::as_select())
        .first(conn)?;
    Ok(row.into())
}

/// Somebody who may sign in, with the password.
#[derive(Queryable, Selectable)]
#[diesel(table_name = people)]
struct AccountRow {
    #[diesel(embed)]
    whom: AddresseeRow,
    password_hash: PasswordHash,
}

/// Who signs in with an address, and by which password. A temporary password that was never changed does not hold for
/// ever: those from before a moment open nothing.
///
/// # Errors
/// Database errors.
pub fn account(
    conn: &mut Connection,
    email: &str,
    temporary_since: Moment,
) -> Result<Option<(Addressee, PasswordHash)>> {
    let account: Option<AccountRow> = people::table
        .inner_join(organisation(people::organisation_id))
        .filter(people::email.eq(email))
        .filter(is_active())
        .filter(people::must_change_password.eq(false).or(people::password_set_at.gt(temporary_since)))
        .select(AccountRow::as_select())
        .first(conn)
        .optional()?;
    Ok(account.map(|row| (row.whom.into(), row.password_hash)))
}

/// Whether an account has this address.
///
/// # Errors
/// Database errors.
pub fn has_account(conn: &mut Connection, email: &Email) -> Result<bool> {
    let found = people::table.filter(people::email.eq(email)).select(people::email);
    Ok(found.first::<Email>(conn).optional()?.is_some())
}

/// Which of some addresses have an account.
///
/// # Errors
/// Database errors.
pub fn held_addresses(conn: &mut Connection, addresses: &[&str]) -> Result<HashSet<String>> {
    let found: Vec<Email> =
        people::table.filter(is_among(people::email, addresses)).select(people::email).load(conn)?;
    Ok(found.into_iter().map(|email| email.to_string()).collect())
}

/// Whether somebody is there and not deactivated.
///
/// # Errors
/// Database errors.
pub fn is_there(conn: &mut Connection, person: &PersonId) -> Result<bool> {
    let active = people::table.find(person).filter(is_active()).select(people::id);
    Ok(active.first::<PersonId>(conn).optional()?.is_some())
}

/// Whether somebody can still sign in by a password: it may have been changed while it was checked.
///
/// # Errors
/// Database errors.
pub fn is_opened_by(conn: &mut Connection, person: &PersonId, password: &PasswordHash) -> Result<bool> {
    let unchanged = people::table
        .find(person)
        .filter(people::password_hash.eq(password))
        .filter(is_active())
        .select(people::id);
    Ok(unchanged.first::<PersonId>(conn).optional()?.is_some())
}

/// What is kept of somebody's password.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is nobody; database errors.
pub fn password_of(conn: &mut Connection, person: &PersonId) -> Result<PasswordHash> {
    Ok(people::table.find(person).select(people::password_hash).first(conn)?)
}

/// Puts somebody's own password in the place of another. Answers `false` when that is not the password any more.
///
/// # Errors
/// Database errors.
pub fn change_password(
    conn: &mut Connection,
    person: &PersonId,
    (old, new): (&PasswordHash, &PasswordHash),
    now: Moment,
) -> Result<bool> {
    let unchanged = people::table.filter(people::id.eq(person)).filter(people::password_hash.eq(old));
    let changed = diesel::update(unchanged)
        .set((
            people::password_hash.eq(new),
            people::must_change_password.eq(false),
            people::password_set_at.eq(now),
        ))
        .execute(conn)?;
    Ok(changed > 0)
}

/// Notes that somebody signs in; answers whether it is the first time.
///
/// # Errors
/// Database errors.
pub fn note_sign_in(conn: &mut Connection, person: &PersonId, now: Moment) -> Result<bool> {
    let first = diesel::update(people::table.find(person).filter(people::signed_in_at.is_null()))
        .set(people::signed_in_at.eq(now))
        .execute(conn)?;
    Ok(first > 0)
}

/// Which of some people have signed in at least once.
///
/// # Errors
/// Database errors.
pub fn who_has_signed_in(conn: &mut Connection, ids: &[PersonId]) -> Result<HashSet<PersonId>> {
    let found: Vec<PersonId> = people::table
        .filter(is_among(people::id, ids))
        .filter(people::signed_in_at.is_not_null())
        .select(people::id)
        .load(conn)?;
    Ok(found.into_iter().collect())
}

/// Notes the language in which somebody was answered, unless one is known: letters go to no browser that could be asked.
///
/// # Errors
/// Database errors.
pub fn learn_language(conn: &mut Connection, id: &PersonId, language: Language) -> Result<()> {
    diesel::update(people::table.find(id).filter(people::language.is_null()))
        .set(people::language.eq(language))
        .execute(conn)?;
    Ok(())
}

/// Keeps the language that somebody chose.
///
/// # Errors
/// Database errors.
pub fn keep_language(conn: &mut Connection, id: &PersonId, language: Language) -> Result<()> {
    diesel::update(people::table.find(id)).set(people::language.eq(language)).execute(conn)?;
    Ok(())
}

/// Notes that somebody is asked for a second factor from now on; the first time counts.
///
/// # Errors
/// Database errors.
pub fn ask_second_factor(conn: &mut Connection, person: &PersonId, now: Moment) -> Result<()> {
    diesel::update(people::table.find(person).filter(people::second_factor_asked_at.is_null()))
        .set(people::second_factor_asked_at.eq(now))
        .execute(conn)?;
    Ok(())
}
