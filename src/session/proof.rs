//! Reads what somebody typed as the second factor.

use super::model::authenticator::AuthenticatorKey;
use super::model::recovery::RecoveryCode;
use super::store::code::Proof;
use super::store::second_factor::SecondFactor;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::web::Vault;

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
pub fn read(
    factor: &SecondFactor,
    key: Option<&AuthenticatorKey>,
    typed: &str,
    now: Moment,
) -> Option<Proof> {
    if let Some(code) = RecoveryCode::parse(typed) {
        return Some(Proof::RecoveryCode(code.hash()));
    }
    let step = key?.step_of(typed, factor.last_step, now)?;
    Some(Proof::Step { step, sealed_key: factor.sealed_key.clone() })
}
