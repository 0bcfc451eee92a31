//! Suspending an organisation, and letting it go on.

use crate::access::Allowed;
use crate::access::permission::SuspendOrganisations;
use crate::activity::{self, Action, Change, Entry};
use crate::db::Connection;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::mail::outbox;
use crate::operator::letters::suspension::KIND;
use crate::partners::model::OrganisationState::{self, Enrolled, Suspended};
use crate::partners::store::find;
use crate::partners::store::suspension::turn;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;

/// Suspends an organisation: from its next request on it starts nothing new. Answers `false` when it is not enrolled,
/// or is the operator itself.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn suspend(
    conn: &mut Connection,
    by: &Allowed<SuspendOrganisations>,
    (id, reason): (&OrganisationId, &str),
    letters: &[(LetterId, Letter)],
    now: Moment,
) -> Result<bool> {
    if !turn(conn, by, id, (Enrolled, Suspended), (Some(now), reason))? {
        return Ok(false);
    }
    let changes = [state_change(Enrolled, Suspended), Change::set("reason", reason)];
    finish(conn, by, (id, Action::SuspendOrganisation, &changes), letters, now)?;
    Ok(true)
}

/// Lets a suspended organisation go on. Answers `false` when it is not suspended.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn resume(
    conn: &mut Connection,
    by: &Allowed<SuspendOrganisations>,
    id: &OrganisationId,
    letters: &[(LetterId, Letter)],
    now: Moment,
) -> Result<bool> {
    if !turn(conn, by, id, (Suspended, Enrolled), (None, ""))? {
        return Ok(false);
    }
    let changes = [state_change(Suspended, Enrolled)];
    finish(conn, by, (id, Action::ResumeOrganisation, &changes), letters, now)?;
    Ok(true)
}

fn state_change(old: OrganisationState, new: OrganisationState) -> Change {
    Change::new("state", old.as_text(), new.as_text())
}

/// Both logs and the letters to those who speak for the organisation.
fn finish(
    conn: &mut Connection,
    by: &Allowed<SuspendOrganisations>,
    (id, action, changes): (&OrganisationId, Action, &[Change]),
    letters: &[(LetterId, Letter)],
    now: Moment,
) -> Result<()> {
    let name = find(conn, id)?.name;
    let entry = Entry::new(action, "organisation", id, name).with(changes.iter().cloned());
    activity::store::record(conn, by, &entry, now)?;
    activity::store::record_for(conn, id, by, &entry, now)?;
    // What still waits about it says what no longer holds.
    outbox::withdraw(conn, (&KIND, id.as_str()))?;
    for (letter_id, letter) in letters {
        outbox::put(conn, letter_id, letter, now)?;
    }
    Ok(())
}
