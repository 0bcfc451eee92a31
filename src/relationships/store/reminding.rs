//! Reminders of delegations that end soon: one letter to each side thirty, seven and one day before, however often the
//! job runs, and the nearest one alone where it did not run for days.

use crate::access::Role;
use crate::customers::model::REMINDERS;
use crate::customers::store::delegations::{self, Ending};
use crate::db::Connection;
use crate::error::Result;
use crate::mail::compose::Written as _;
use crate::mail::outbox;
use crate::partners::facts::name_of;
use crate::people::facts::{RoleHolder, addressees};
use crate::relationships::letters::reminder::Reminder;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::{Moment, days_after};
use crate::web::Site;

/// So many delegations one letter is about at most.
const MOST: i64 = 500;
/// So many people of each side get it.
const MOST_PEOPLE: i64 = 10;

/// Reminds both sides of what ends on the same day between the two. Answers of how many.
///
/// # Errors
/// When a letter cannot be written; database errors.
pub fn remind_next(conn: &mut Connection, site: &Site, now: Moment) -> Result<usize> {
    for days in REMINDERS {
        let until = days_after(now.day(), u64::try_from(days).unwrap_or_default());
        let due = delegations::to_remind_of(conn, days, (now.day(), until), MOST)?;
        if !due.is_empty() {
            remind(conn, &due, site, now)?;
            delegations::keep_reminded(conn, &due, days)?;
            return Ok(due.len());
        }
    }
    Ok(0)
}

fn remind(conn: &mut Connection, due: &[Ending], site: &Site, now: Moment) -> Result<()> {
    let Some(first) = due.first() else { return Ok(()) };
    let (provider, reseller) = (&first.provider, &first.delegation.reseller);
    let provider_name = name_of(conn, provider)?;
    let reseller_name = &first.delegation.reseller_name;
    let deciding = people_of(conn, provider, &[Role::GlobalAdmin, Role::AdminAgent])?;
    let admins = people_of(conn, reseller, &[Role::GlobalAdmin])?;
    let sides = [(provider, reseller_name, deciding, false), (reseller, &provider_name, admins, true)];
    for (organisation, other, people, is_reseller) in sides {
        for to in &people {
            let reminder = Reminder { organisation, other, due, to, is_reseller, site };
            outbox::put(conn, &LetterId::new(), &reminder.letter()?, now)?;
        }
    }
    Ok(())
}

fn people_of(conn: &mut Connection, of: &OrganisationId, roles: &[Role]) -> Result<Vec<RoleHolder>> {
    addressees(conn, of, roles, MOST_PEOPLE)
}
