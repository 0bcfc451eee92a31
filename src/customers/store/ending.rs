//! Ending a delegation: from the next request on, the customer is beyond the reseller's reach.

use super::delegations::mark_ended;
use super::soon;
use crate::activity::{self, Action, Author, Change, Entry};
use crate::customers::model::Delegation;
use crate::db::Connection;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::values::id::CustomerId;
use crate::values::moment::Moment;

/// The deed, with its records in both logs: from now on the reseller no longer administers the customer. Answers
/// `false` when it did not any more.
///
/// # Errors
/// Database errors.
pub fn close(
    conn: &mut Connection,
    by: &Author,
    ((customer, company_name), delegation): ((&CustomerId, &str), &Delegation),
    now: Moment,
) -> Result<bool> {
    end(conn, by, ((customer, company_name), delegation), Kind::DelegationEnded, now)
}

/// The same because its last day is over.
///
/// # Errors
/// Database errors.
pub fn expire(
    conn: &mut Connection,
    by: &Author,
    of: ((&CustomerId, &str), &Delegation),
    now: Moment,
) -> Result<bool> {
    end(conn, by, of, Kind::DelegationExpired, now)
}

fn end(
    conn: &mut Connection,
    by: &Author,
    ((customer, company_name), delegation): ((&CustomerId, &str), &Delegation),
    kind: Kind,
    now: Moment,
) -> Result<bool> {
    if !mark_ended(conn, &delegation.id, &by.name, now)? {
        return Ok(false);
    }
    if delegation.ends_on.is_some() {
        soon::keep(conn, customer, now.day())?;
    }
    let reseller = &delegation.reseller_name;
    let entry = Entry::new(Action::EndDelegation, "delegation", delegation.id, reseller)
        .for_customer(customer, company_name)
        .with([Change::new("reseller", reseller, "")]);
    activity::store::record_as(conn, &by.organisation, by, &entry, now)?;
    activity::store::record_as(conn, &delegation.reseller, by, &entry, now)?;
    let event = Event::about_customer(kind, customer, company_name);
    notifications::tell_as(conn, &delegation.reseller, by, &event, now)?;
    Ok(true)
}
