//! The own password, asked for once more before something sensitive.

use diesel::prelude::*;

use super::code::Proof;
use super::{second_factor, throttle};
use crate::access::Viewer;
use crate::db::Connection;
use crate::db::schema::sign_ins;
use crate::error::{Error, Result};
use crate::people::facts::is_opened_by;
use crate::session::model::throttle::confirmation_subjects;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::token::TokenHash;

/// Counts a try as wrong before the password is looked at; answers the seconds to wait, 0 when it is taken now.
///
/// # Errors
/// Database errors.
pub fn begin_try(conn: &mut Connection, viewer: &Viewer, sign_in: &TokenHash, now: Moment) -> Result<i64> {
    let counted_by = confirmation_subjects(viewer.email.as_str(), sign_in);
    throttle::count_one_more(conn, &counted_by, now)
}

/// The password was right: takes the count back.
///
/// # Errors
/// Database errors.
pub fn end_try(conn: &mut Connection, viewer: &Viewer, sign_in: &TokenHash) -> Result<()> {
    throttle::count_one_less(conn, &confirmation_subjects(viewer.email.as_str(), sign_in))
}

/// What was typed was right: takes the count back and keeps with the sign-in that the person is there, under another
/// token, so that a copy of the cookie proves nothing. Answers `false` when the code was taken before.
///
/// # Errors
/// [`Error::SignInNeeded`] when the sign-in has ended or the password was changed meanwhile; database errors.
pub fn confirm(
    conn: &mut Connection,
    viewer: &Viewer,
    (sign_in, renewed): (&TokenHash, &TokenHash),
    password: &PasswordHash,
    proof: Option<&Proof>,
    now: Moment,
) -> Result<bool> {
    if !is_opened_by(conn, &viewer.person, password)? {
        return Err(Error::SignInNeeded);
    }
    if let Some(proof) = proof
        && !second_factor::take(conn, &viewer.person, proof, now)?
    {
        return Ok(false);
    }
    end_try(conn, viewer, sign_in)?;
    let met = diesel::update(sign_ins::table.find(sign_in))
        .set((sign_ins::token_hash.eq(renewed), sign_ins::confirmed_at.eq(now)))
        .execute(conn)?;
    if met == 0 { Err(Error::SignInNeeded) } else { Ok(true) }
}
