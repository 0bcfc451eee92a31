//! Wrong passwords that began to be slowed down. That somebody tries is told in the log of the account's organisation,
//! but not while the visitor waits: the answer must not tell whether there is such an account.

use diesel::prelude::*;

use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::db::schema::{people, slowed_sign_ins};
use crate::error::Result;
use crate::values::id::{OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::token::Token;

/// Keeps that wrong passwords at an address began to be slowed down.
///
/// # Errors
/// Database errors.
pub fn note(conn: &mut Connection, email: &str, now: Moment) -> Result<()> {
    diesel::insert_into(slowed_sign_ins::table)
        .values((
            slowed_sign_ins::id.eq(Token::random().hash()),
            slowed_sign_ins::email.eq(email),
            slowed_sign_ins::slowed_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Writes some of what was kept into the logs; what belongs to no account is forgotten. Answers how many there were.
///
/// # Errors
/// Database errors.
pub fn tell(conn: &mut Connection, most: i64) -> Result<usize> {
    let kept: Vec<(String, String, Moment)> = slowed_sign_ins::table
        .order((slowed_sign_ins::slowed_at, slowed_sign_ins::id))
        .select((slowed_sign_ins::id, slowed_sign_ins::email, slowed_sign_ins::slowed_at))
        .limit(most)
        .load(conn)?;
    for (id, email, at) in &kept {
        diesel::delete(slowed_sign_ins::table.find(id)).execute(conn)?;
        let known: Option<(PersonId, OrganisationId, String)> = people::table
            .filter(people::email.eq(email))
            .filter(people::state.eq("active"))
            .select((people::id, people::organisation_id, people::name))
            .first(conn)
            .optional()?;
        if let Some((person, organisation, name)) = known {
            let entry = Entry::new(Action::SlowPasswords, "person", person, name).failed();
            activity::store::record_by_portal(conn, &organisation, &entry, *at)?;
        }
    }
    Ok(kept.len())
}
