//! Whether what an organisation writes still reaches an address.

use diesel::dsl::max;
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::letters;
use crate::error::Result;
use crate::mail::letter::LetterState;
use crate::mail::trouble::Trouble;
use crate::values::email::Email;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;

/// Whether a letter of whichever kind to an address failed for good, and none has arrived there since it was written.
/// Where the mailbox was not what was refused, as where the portal or the mail server was in trouble, that says nothing of
/// the address.
///
/// # Errors
/// Database errors.
pub fn is_returned_by(conn: &mut Connection, organisation: &OrganisationId, to: &Email) -> Result<bool> {
    let of_mailbox = [Trouble::Addressee, Trouble::Deferred].map(|trouble| trouble.as_text());
    let written: Option<Moment> = letters::table
        .filter(letters::to_email.eq(to))
        .filter(letters::organisation_id.eq(organisation))
        .filter(letters::state.eq(LetterState::Failed))
        .filter(letters::trouble.is_null().or(letters::trouble.eq_any(of_mailbox)))
        .select(max(letters::created_at))
        .first(conn)?;
    let Some(written) = written else { return Ok(false) };
    // What has left keeps when it was due: as soon as it was written, or when somebody sent it again.
    let arrived: Option<LetterId> = letters::table
        .filter(letters::to_email.eq(to))
        .filter(letters::organisation_id.eq(organisation))
        .filter(letters::state.eq(LetterState::Sent))
        .filter(letters::due_at.gt(written))
        .select(letters::id)
        .first(conn)
        .optional()?;
    Ok(arrived.is_none())
}
