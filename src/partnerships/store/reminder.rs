//! Reminding a partner of what it lacks.

use super::board;
use crate::access::Allowed;
use crate::access::permission::RemindResellers;
use crate::activity::{self, Action, Entry};
use crate::db::Connection;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::session::postage;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;

/// Mails a reminder: at most one a day, and only for what the reseller can mend itself. Answers `false` when none
/// was mailed.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is no partner of the viewer's organisation; database errors.
pub fn remind(
    conn: &mut Connection,
    by: &Allowed<RemindResellers>,
    reseller: &OrganisationId,
    letters: &[(LetterId, Letter)],
    now: Moment,
) -> Result<bool> {
    let eligibility = board::find(conn, by, reseller, now)?;
    if !eligibility.can_be_reminded() || letters.is_empty() {
        return Ok(false);
    }
    for (id, letter) in letters {
        postage::put(conn, by, id, letter, now)?;
    }
    let entry = Entry::new(Action::RemindReseller, "organisation", reseller, &eligibility.name);
    activity::store::record(conn, by, &entry, now)?;
    activity::store::record_for(conn, reseller, by, &entry, now)?;
    Ok(true)
}
