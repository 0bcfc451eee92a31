//! Reads what somebody typed as the second factor.

use super::model::authenticator::{AuthenticatorKey, is_taken};
use super::model::recovery::RecoveryCode;
use super::store::code::Proof;
use super::store::second_factor::SecondFactor;
use super::wrong::Wrong;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::plain::plain;
use crate::values::problem::Problem;
use crate::web::Vault;

/// So many an app shows (RFC 6238).
const CODE_DIGITS: usize = 6;

/// The place in the vault where a person's key is kept.
pub fn place(person: &PersonId) -> String {
    format!("second factor of {person}")
}

/// The key of a person's app; none when it was sealed with another session key.
pub fn key_of(person: &PersonId, factor: &SecondFactor, vault: &Vault) -> Option<AuthenticatorKey> {
    let key = vault.open(&place(person), &factor.sealed_key).and_then(|key| AuthenticatorKey::parse(&key));
    if key.is_none() {
        tracing::error!(person.id = %person, "a second factor cannot be opened: was SESSION_KEY changed?");
    }
    key
}

/// What was typed, if it can be right: an app's code of now, or something that looks like a recovery code.
///
/// # Errors
/// What is wrong with it.
pub fn read(
    factor: &SecondFactor,
    key: Option<&AuthenticatorKey>,
    typed: &str,
    now: Moment,
) -> Result<Proof, Problem> {
    if typed.trim().is_empty() {
        return Err(Problem::Missing);
    }
    if let Some(code) = RecoveryCode::parse(typed) {
        return Ok(Proof::RecoveryCode(code.hash()));
    }
    let step = key.and_then(|key| key.step_of(typed, now)).ok_or_else(|| no_step(typed))?;
    if is_taken(step, factor.last_step) {
        return Err(Wrong::CodeUsed.into());
    }
    Ok(Proof::Step { step, sealed_key: factor.sealed_key.clone() })
}

/// Why nothing could be made of what was typed for a code of the app.
pub fn no_step(typed: &str) -> Problem {
    let has_shape = plain(typed).chars().filter(char::is_ascii_digit).count() == CODE_DIGITS;
    match typed.trim() {
        "" => Problem::Missing,
        _ if has_shape => Wrong::CodeNotOfNow.into(),
        _ => Wrong::CodeShape.into(),
    }
}

/// Why a proof was not taken that could have been right.
pub fn refusal(proof: &Proof) -> Problem {
    match proof {
        // Another browser was quicker.
        Proof::Step { .. } => Wrong::CodeUsed.into(),
        Proof::RecoveryCode(_) => Wrong::RecoveryCodeDead.into(),
    }
}
