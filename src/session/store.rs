//! Accounts and sign-ins.

pub mod browsers;
pub mod code;
pub mod confirmation;
pub mod ends;
pub mod own;
pub mod second_factor;
pub mod sweep;
pub mod throttle;
pub mod wrong_tries;

use diesel::prelude::*;

use super::letters::Addressee;
use super::model::throttle::{Network, Subject, subjects};
use crate::access::Viewer;
use crate::activity::security::{self, Event, EventKind};
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::db::schema::sign_ins;
use crate::error::Result;
use crate::language::Language;
use crate::mail::letter::Letter;
use crate::people::facts;
pub use crate::people::facts::addressee;
use crate::session::postage;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;

/// What the database knows of an account when somebody tries to sign in.
pub enum Account {
    /// Too many wrong passwords: the next one is taken in so many seconds.
    Slowed {
        seconds: i64,
    },
    Known(Box<Candidate>),
    /// No such account, or not an active one.
    Unknown,
}

/// Somebody whose password remains to be checked.
#[derive(Clone)]
pub struct Candidate {
    pub whom: Addressee,
    pub password: PasswordHash,
    /// What this try was counted by.
    counted_by: Vec<Subject>,
}

/// For so many days a temporary password can be changed into one of the person's own.
pub const TEMPORARY_PASSWORD_DAYS: i64 = 7;

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
    let account = facts::account(conn, email, now.plus_days(-TEMPORARY_PASSWORD_DAYS))?;
    // One query for a known and for an unknown account alike, so that the time of the answer tells nothing.
    Ok(match account {
        Some((whom, password)) => Account::Known(Box::new(Candidate { whom, password, counted_by })),
        None => Account::Unknown,
    })
}

/// What a new sign-in is known by.
#[derive(Clone)]
pub struct NewSignIn {
    pub token: TokenHash,
    /// The token of the browser, which is known from now on.
    pub browser: TokenHash,
    pub from: Origin,
    /// Tells the owner of a browser that is new to the account.
    pub notice: (LetterId, Letter),
}

/// What came of a right password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    Signed,
    /// The second factor's code is awaited; until then the sign-in opens nothing.
    AwaitsCode,
    /// The person was given another password or was shut out while it was checked.
    No,
}

/// The password was right: takes the count of this try back and begins a sign-in.
///
/// # Errors
/// Database errors.
pub fn begin_sign_in(
    conn: &mut Connection,
    candidate: &Candidate,
    new: &NewSignIn,
    now: Moment,
) -> Result<Begun> {
    let person = &candidate.whom.person;
    if !facts::is_opened_by(conn, person, &candidate.password)? {
        return Ok(Begun::No);
    }
    throttle::count_one_less(conn, &candidate.counted_by)?;
    let awaits_code = second_factor::find(conn, person)?.is_some();
    diesel::insert_into(sign_ins::table)
        .values((
            sign_ins::token_hash.eq(&new.token),
            sign_ins::person_id.eq(person),
            sign_ins::device.eq(&new.from.device),
            sign_ins::address.eq(&new.from.address),
            sign_ins::created_at.eq(now),
            sign_ins::last_seen_at.eq(now),
            sign_ins::confirmed_at.eq(now),
            sign_ins::awaits_code.eq(awaits_code),
        ))
        .execute(conn)?;
    if awaits_code {
        return Ok(Begun::AwaitsCode);
    }
    greet(conn, &candidate.whom, new, now)?;
    Ok(Begun::Signed)
}

/// Somebody is in: the log says so, browser and language are known from now on, and the owner is told of a browser that
/// is new beside others.
fn greet(conn: &mut Connection, whom: &Addressee, new: &NewSignIn, now: Moment) -> Result<()> {
    let event = Event {
        organisation: &whom.organisation,
        person: (&whom.person, &whom.name),
        kind: EventKind::SignIn,
        detail: "",
        address: &new.from.address,
    };
    security::store::record(conn, &event, now)?;
    if browsers::is_new(conn, &new.browser, &whom.person, now)? {
        let (id, letter) = &new.notice;
        postage::put_news(conn, id, letter, now)?;
        let who = (&whom.person, whom.name.as_str());
        activity::store::record_own(conn, &whom.organisation, who, Action::SignInNewBrowser, now)?;
    }
    keep_language(conn, whom, new.from.language_of(whom.language), now)?;
    browsers::remember(conn, &new.browser, &whom.person, now)
}

/// Letters go to no browser that could be asked. The log tells of a language that was another one.
fn keep_language(conn: &mut Connection, whom: &Addressee, language: Language, now: Moment) -> Result<()> {
    if whom.language == Some(language) {
        return Ok(());
    }
    facts::keep_language(conn, &whom.person, language)?;
    let Some(before) = whom.language else { return Ok(()) };
    let change = Change::new("language", before.tag(), language.tag());
    let who = (&whom.person, whom.name.as_str());
    activity::store::record_own_with(conn, &whom.organisation, who, (Action::UpdatePerson, vec![change]), now)
}

/// From where somebody signs in.
#[derive(Clone, Debug)]
pub struct Origin {
    pub device: String,
    pub address: String,
    /// The language in which the browser was answered.
    pub language: Language,
    /// The one that was chosen before signing in.
    pub chosen: Option<Language>,
}

impl Origin {
    /// The language of somebody who signs in from here, and may have kept one.
    pub fn language_of(&self, kept: Option<Language>) -> Language {
        self.chosen.or(kept).unwrap_or(self.language)
    }
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
    facts::password_of(conn, &viewer.person)
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
    (keep, renewed, browser): (&TokenHash, &TokenHash, Option<&TokenHash>),
    notice: &(LetterId, Letter),
    now: Moment,
) -> Result<bool> {
    if !facts::change_password(conn, &viewer.person, (old, new), now)? {
        return Ok(false);
    }
    ends::shut_out_elsewhere(conn, &viewer.person, (Some(keep), browser))?;
    ends::renew(conn, keep, renewed, now)?;
    let entry = Entry::new(Action::ChangePassword, "person", viewer.person, &viewer.name);
    activity::store::record(conn, viewer, &entry, now)?;
    postage::put_news(conn, &notice.0, &notice.1, now)?;
    Ok(true)
}

#[cfg(test)]
mod tests;
