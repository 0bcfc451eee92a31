//! Test letters: how many there may be, and what is learned from one.

use crate::access::Allowed;
use crate::access::permission::SendLettersAgain;
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::error::Result;
use crate::values::email::Email;
use crate::values::id::LetterId;
use crate::values::moment::Moment;

/// How many test letters leave within so many seconds: enough to find a mistake, too few to trouble a stranger, or to
/// have the portal locked out of its mail server.
const AT_MOST: usize = 10;
const WITHIN: i64 = 3600;

/// Records that a test letter is sent; or answers in how many seconds one may be, when there were enough.
///
/// # Errors
/// Database errors.
pub fn begin(
    conn: &mut Connection,
    by: &Allowed<SendLettersAgain>,
    (id, to): (&LetterId, &Email),
    now: Moment,
) -> Result<std::result::Result<(), i64>> {
    let since = now.plus_seconds(-WITHIN);
    let sent = activity::store::times_of(conn, by, Action::SendTestLetter, since, AT_MOST)?;
    if let Some(oldest) = sent.get(AT_MOST - 1) {
        // A clock that was ahead keeps nobody waiting for longer than that.
        return Ok(Err((oldest.plus_seconds(WITHIN).unix() - now.unix()).clamp(1, WITHIN)));
    }
    activity::store::record(conn, by, &Entry::new(Action::SendTestLetter, "letter", id, to), now)?;
    Ok(Ok(()))
}
