//! Accounts and sign-ins.

pub mod browsers;
pub mod ends;
pub mod sweep;
pub mod throttle;

use diesel::prelude::*;

use super::model::throttle::{Network, Subject, subjects};
use crate::access::Viewer;
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::schema::{people, sign_ins};
use crate::error::Result;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;

/// What the database knows of an account when somebody tries to sign in.
pub enum Account {
    /// Too many wrong passwords: the next one is taken in so many seconds.
    Slowed {
        seconds: i64,
    },
    Known(Candidate),
    /// No such account, or not an active one.
    Unknown,
}

/// Somebody whose password remains to be checked.
#[derive(Clone)]
pub struct Candidate {
    pub person: PersonId,
    pub password: PasswordHash,
    /// What this try was counted by.
    counted_by: Vec<Subject>,
}

/// Counts a try as wrong before the password is looked at, so that many tries at once do not slip
/// through; success takes the count back.
///
/// # Errors
/// Database errors.
pub fn begin_try(
    conn: &mut Connection,
    email: &str,
    network: &Network,
    browser: Option<&TokenHash>,
    now: Moment,
) -> Result<Account> {
    let known_browser = match browser {
        Some(browser) if browsers::is_known(conn, browser, email)? => Some(browser),
        _ => None,
    };
    let counted_by = subjects(email, network, known_browser);
    let seconds = throttle::count_one_more(conn, &counted_by, now)?;
    if seconds > 0 {
        return Ok(Account::Slowed { seconds });
    }
    let account = people::table
        .filter(people::email.eq(email))
        .filter(people::state.eq("active"))
        .select((people::id, people::password_hash))
        .first(conn)
        .optional()?;
    Ok(account.map_or(Account::Unknown, |(person, password)| {
        Account::Known(Candidate { person, password, counted_by })
    }))
}

/// What a new sign-in is known by.
#[derive(Clone)]
pub struct NewSignIn {
    pub token: TokenHash,
    /// The token of the browser, which is known from now on.
    pub browser: TokenHash,
    pub from: Origin,
}

/// The password was right: takes the count of this try back and begins a sign-in. Answers `false` when the
/// person was given another password or was shut out while it was checked.
///
/// # Errors
/// Database errors.
pub fn begin_sign_in(
    conn: &mut Connection,
    candidate: &Candidate,
    new: &NewSignIn,
    now: Moment,
) -> Result<bool> {
    let unchanged = people::table
        .filter(people::id.eq(&candidate.person))
        .filter(people::password_hash.eq(&candidate.password))
        .filter(people::state.eq("active"))
        .select(people::id);
    if unchanged.first::<PersonId>(conn).optional()?.is_none() {
        return Ok(false);
    }
    throttle::count_one_less(conn, &candidate.counted_by)?;
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::token_hash.eq(&new.token),
            sign_ins::person_id.eq(&candidate.person),
            sign_ins::device.eq(&new.from.device),
            sign_ins::address.eq(&new.from.address),
            sign_ins::created_at.eq(now),
            sign_ins::last_seen_at.eq(now),
        ))
        .execute(conn)?;
    browsers::remember(conn, &new.browser, &candidate.person, now)?;
    Ok(true)
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

/// Changes the viewer's own password and ends what hung on the old one elsewhere. Answers `false` when the password was
/// changed by somebody else in the meantime.
///
/// # Errors
/// Database errors.
pub fn change_password(
    conn: &mut Connection,
    viewer: &Viewer,
    (old, new): (&PasswordHash, &PasswordHash),
    (keep, browser): (&TokenHash, Option<&TokenHash>),
    now: Moment,
) -> Result<bool> {
    let unchanged = people::table.filter(people::id.eq(&viewer.person)).filter(people::password_hash.eq(old));
    let changed = diesel::update(unchanged)
        .set((people::password_hash.eq(new), people::must_change_password.eq(false)))
        .execute(conn)?;
    if changed == 0 {
        return Ok(false);
    }
    ends::shut_out_elsewhere(conn, &viewer.person, (Some(keep), browser))?;
    let entry = Entry::new(Action::ChangePassword, "person", &viewer.person, &viewer.name);
    activity::store::record(conn, viewer, &entry, now)?;
    Ok(true)
}

#[cfg(test)]
mod tests;
