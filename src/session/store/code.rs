//! The second step of a sign-in: the code of the second factor.

use diesel::prelude::*;

use super::second_factor::{self, SecondFactor};
use super::{NewSignIn, browsers, greet, throttle};
use crate::activity::{self, Action};
use crate::db::Connection;
use crate::db::schema::sign_ins;
use crate::error::Result;
use crate::people::facts::{addressee, is_active, person};
use crate::session::letters::Addressee;
use crate::session::model::throttle::{Network, Subject, code_subjects};
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// For so long after the password the code is awaited.
pub const AWAITED_SECONDS: i64 = 10 * 60;

/// Somebody whose password was right and whose code is awaited.
#[derive(Clone, Debug)]
pub struct Pending {
    pub whom: Addressee,
    pub factor: SecondFactor,
}

/// Whose code a sign-in awaits; nobody when it awaits none, or not any more.
///
/// # Errors
/// Database errors.
pub fn pending(conn: &mut Connection, sign_in: &TokenHash, now: Moment) -> Result<Option<Pending>> {
    let person: Option<PersonId> = sign_ins::table
        .inner_join(person(sign_ins::person_id))
        .filter(sign_ins::token_hash.eq(sign_in))
        .filter(sign_ins::awaits_code.eq(true))
        .filter(sign_ins::created_at.gt(now.plus_seconds(-AWAITED_SECONDS)))
        .filter(sign_ins::created_at.le(now.farthest(0)))
        .filter(is_active())
        .select(sign_ins::person_id)
        .first(conn)
        .optional()?;
    let Some(person) = person else { return Ok(None) };
    let factor = second_factor::find(conn, &person)?;
    let whom = addressee(conn, &person)?;
    Ok(factor.map(|factor| Pending { whom, factor }))
}

/// Counts a code as wrong before it is looked at. Answers the seconds to wait, or what it was counted by.
///
/// # Errors
/// Database errors.
pub fn begin_try(
    conn: &mut Connection,
    whom: &Addressee,
    network: &Network,
    browser: Option<&TokenHash>,
    now: Moment,
) -> Result<std::result::Result<Vec<Subject>, i64>> {
    let known_browser = match browser {
        Some(browser) if browsers::is_known(conn, browser, whom.email.as_str())? => Some(browser),
        _ => None,
    };
    let subjects = code_subjects(whom.email.as_str(), network, known_browser);
    let seconds = throttle::count_one_more(conn, &subjects, now)?;
    if seconds > 0 {
        return Ok(Err(seconds));
    }
    Ok(Ok(subjects))
}

/// By what somebody proves themselves.
#[derive(Clone, Debug)]
pub enum Proof {
    /// The step of the app's code, with the sealed key that it was checked by.
    Step {
        step: i64,
        sealed_key: String,
    },
    RecoveryCode(TokenHash),
}

/// The code was right: the sign-in goes on under another token. Answers `false` when the code was taken before, or the
/// sign-in has ended.
///
/// # Errors
/// Database errors.
pub fn complete(
    conn: &mut Connection,
    (sign_in, whom): (&TokenHash, &Addressee),
    (proof, counted_by): (&Proof, &[Subject]),
    new: &NewSignIn,
    now: Moment,
) -> Result<bool> {
    let person = &whom.person;
    if !second_factor::take(conn, person, proof, now)? {
        return Ok(false);
    }
    let awaiting = sign_ins::table.find(sign_in).filter(sign_ins::awaits_code.eq(true));
    let gone_on = diesel::update(awaiting)
        .set((
            sign_ins::token_hash.eq(&new.token),
            sign_ins::awaits_code.eq(false),
            sign_ins::last_seen_at.eq(now),
            sign_ins::confirmed_at.eq(now),
        ))
        .execute(conn)?;
    if gone_on == 0 {
        return Ok(false);
    }
    throttle::count_one_less(conn, counted_by)?;
    greet(conn, whom, new, now)?;
    if matches!(proof, Proof::RecoveryCode(_)) {
        let who = (person, whom.name.as_str());
        activity::store::record_own(conn, &whom.organisation, who, Action::UseRecoveryCode, now)?;
    }
    Ok(true)
}
