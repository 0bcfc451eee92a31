//! A temporary password that somebody outside of the organisation passes on.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::people;
use crate::error::Result;
use crate::session::store::ends::shut_out;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

/// Gives somebody a temporary password in place of the one that was set at that moment, and signs the person out
/// everywhere. Answers `false` when another one has been set since.
///
/// # Errors
/// Database errors.
pub fn give(
    conn: &mut Connection,
    person: &PersonId,
    replaced: Moment,
    hash: &PasswordHash,
    now: Moment,
) -> Result<bool> {
    let unchanged = people::table.find(person).filter(people::password_set_at.eq(replaced));
    let set = diesel::update(unchanged)
        .set((
            people::password_hash.eq(hash),
            people::must_change_password.eq(true),
            people::password_set_at.eq(now),
            // Whoever was mailed a link needs it no more.
            people::invited_at.eq(None::<Moment>),
            people::version.eq(people::version + 1),
        ))
        .execute(conn)?;
    if set > 0 {
        shut_out(conn, person)?;
    }
    Ok(set > 0)
}
