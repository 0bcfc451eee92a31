//! Accounts, failed tries and sign-ins.

use diesel::prelude::*;

use super::model::{Failures, Subject};
use crate::access::Viewer;
use crate::activity::{self, Action, Entry};
use crate::db::schema::{people, sign_in_failures, sign_ins};
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;

/// What the database knows of an account when somebody tries to sign in.
pub enum Account {
    /// Too many failed tries: the next one is taken in so many seconds.
    Slowed {
        seconds: i64,
    },
    Known {
        person: PersonId,
        password: PasswordHash,
    },
    /// No such account, or not an active one.
    Unknown,
}

/// Counts a try as failed before the password is looked at, so that many tries at once do not slip
/// through; success takes the count back.
///
/// # Errors
/// Database errors.
pub fn begin_try(conn: &mut Connection, subjects: &[Subject], email: &str, now: Moment) -> Result<Account> {
    let mut counts = Vec::new();
    for subject in subjects {
        let failures = failures_of(conn, &subject.key)?;
        let seconds = failures.wait(subject, now);
        if seconds > 0 {
            return Ok(Account::Slowed { seconds });
        }
        counts.push((subject, failures.one_more(now)));
    }
    for (subject, count) in counts {
        set_failures(conn, &subject.key, count, now)?;
    }
    let account = people::table
        .filter(people::email.eq(email))
        .filter(people::state.eq("active"))
        .select((people::id, people::password_hash))
        .first(conn)
        .optional()?;
    Ok(account.map_or(Account::Unknown, |(person, password)| Account::Known { person, password }))
}

/// The password was right: forgets the account's failures, takes this try back from the address's
/// (an attacker's own account must not clear those), and begins a sign-in.
///
/// # Errors
/// Database errors.
pub fn begin_sign_in(
    conn: &mut Connection,
    (account, address): (&Subject, &Subject),
    person: &PersonId,
    token: &TokenHash,
    from: &Origin,
    now: Moment,
) -> Result<()> {
    diesel::delete(sign_in_failures::table.find(&account.key)).execute(conn)?;
    diesel::update(sign_in_failures::table.find(&address.key))
        .set(sign_in_failures::failures.eq(sign_in_failures::failures - 1))
        .execute(conn)?;
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::token_hash.eq(token),
            sign_ins::person_id.eq(person),
            sign_ins::device.eq(&from.device),
            sign_ins::address.eq(&from.address),
            sign_ins::created_at.eq(now),
            sign_ins::last_seen_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// From where somebody signs in.
#[derive(Clone, Debug)]
pub struct Origin {
    pub device: String,
    pub address: String,
}

/// Ends a sign-in.
///
/// # Errors
/// Database errors.
pub fn end_sign_in(conn: &mut Connection, token: &TokenHash) -> Result<()> {
    diesel::delete(sign_ins::table.filter(sign_ins::token_hash.eq(token))).execute(conn)?;
    Ok(())
}

/// The viewer's own password hash.
///
/// # Errors
/// Database errors.
pub fn own_password(conn: &mut Connection, viewer: &Viewer) -> Result<PasswordHash> {
    Ok(people::table.find(&viewer.person).select(people::password_hash).first(conn)?)
}

/// Changes the viewer's own password and ends all other sign-ins. Answers `false` when the password
/// was changed by somebody else in the meantime.
///
/// # Errors
/// Database errors.
pub fn change_password(
    conn: &mut Connection,
    viewer: &Viewer,
    (old, new): (&PasswordHash, &PasswordHash),
    keep: &TokenHash,
    now: Moment,
) -> Result<bool> {
    let unchanged = people::table.filter(people::id.eq(&viewer.person)).filter(people::password_hash.eq(old));
    let changed = diesel::update(unchanged)
        .set((people::password_hash.eq(new), people::must_change_password.eq(false)))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    let others =
        sign_ins::table.filter(sign_ins::person_id.eq(&viewer.person)).filter(sign_ins::token_hash.ne(keep));
    diesel::delete(others).execute(conn)?;
    let entry = Entry::new(Action::ChangePassword, "person", &viewer.person, &viewer.name);
    activity::store::record(conn, viewer, &entry, now)?;
    Ok(true)
}

fn failures_of(conn: &mut Connection, subject: &str) -> Result<Failures> {
    let found: Option<(i32, Moment)> = sign_in_failures::table
        .find(subject)
        .select((sign_in_failures::failures, sign_in_failures::last_failed_at))
        .first(conn)
        .optional()?;
    Ok(found.map_or_else(Failures::default, |(count, last_at)| Failures { count, last_at: Some(last_at) }))
}

fn set_failures(conn: &mut Connection, subject: &str, count: i32, now: Moment) -> Result<()> {
    let values = (sign_in_failures::failures.eq(count), sign_in_failures::last_failed_at.eq(now));
    let updated = diesel::update(sign_in_failures::table.find(subject)).set(values).execute(conn)?;
    if updated == 0 {
        unless_taken(conn, |conn| {
            diesel::insert_into(sign_in_failures::table)
                .values((sign_in_failures::subject.eq(subject), values))
                .execute(conn)
        })?;
    }
    Ok(())
}
