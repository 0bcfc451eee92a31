//! The own password, asked for once more before something sensitive.

use diesel::prelude::*;

use super::throttle;
use crate::access::Viewer;
use crate::db::Connection;
use crate::db::schema::sign_ins;
use crate::error::Result;
use crate::session::model::throttle::confirmation_subjects;
use crate::values::moment::Moment;
use crate::values::token::TokenHash;

/// Counts a try as wrong before the password is looked at; answers the seconds to wait, 0 when it is taken now.
///
/// # Errors
/// Database errors.
pub fn begin_try(conn: &mut Connection, viewer: &Viewer, now: Moment) -> Result<i64> {
    throttle::count_one_more(conn, &confirmation_subjects(viewer.email.as_str()), now)
}

/// The password was right: takes the count back.
///
/// # Errors
/// Database errors.
pub fn end_try(conn: &mut Connection, viewer: &Viewer) -> Result<()> {
    throttle::count_one_less(conn, &confirmation_subjects(viewer.email.as_str()))
}

/// The same, and keeps with the sign-in that the password was typed now.
///
/// # Errors
/// Database errors.
pub fn confirm(conn: &mut Connection, viewer: &Viewer, sign_in: &TokenHash, now: Moment) -> Result<()> {
    end_try(conn, viewer)?;
    diesel::update(sign_ins::table.find(sign_in)).set(sign_ins::confirmed_at.eq(now)).execute(conn)?;
    Ok(())
}
