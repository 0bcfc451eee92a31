//! Ending a delegation: from the next request on, the customer is beyond the reseller's reach.

use diesel::prelude::*;

use super::account;
use crate::access::permission::EndDelegations;
use crate::access::{Allowed, Viewer};
use crate::activity::{self, Action, Change, Entry};
use crate::customers::facts::lasting;
use crate::customers::model::{Customer, Delegation};
use crate::db::Connection;
use crate::db::schema::delegations;
use crate::error::{Error, Result};
use crate::notifications::{self, Event, Kind};
use crate::subscriptions::facts::{count_rewarded, count_supported};
use crate::values::id::{CustomerId, DelegationId};
use crate::values::moment::Moment;

/// What there is to know before a delegation is ended.
#[derive(Clone, Debug)]
pub struct Ending {
    pub customer: Customer,
    pub delegation: Delegation,
    /// Subscriptions that the reseller supports only as long as it administers the customer.
    pub supported: i64,
    /// Subscriptions that name the reseller: it goes on earning incentives for them and managing them.
    pub rewarded: i64,
}

/// What came of ending a delegation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    Now {
        reseller: String,
    },
    /// Somebody else was faster, or the same person pressed twice.
    Already {
        reseller: String,
    },
}

/// The delegation of one of the viewer's customers, with what depends on it.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn facts(conn: &mut Connection, by: &Viewer, customer: &CustomerId, id: &DelegationId) -> Result<Ending> {
    let (customer, delegation) = find(conn, by, customer, id)?;
    let (of, reseller) = (&customer.id, &delegation.reseller);
    let supported = count_supported(conn, of, reseller)?;
    let rewarded = count_rewarded(conn, of, reseller)?;
    Ok(Ending { customer, delegation, supported, rewarded })
}

/// Ends a delegation, once.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn end(
    conn: &mut Connection,
    by: &Allowed<EndDelegations>,
    customer: &CustomerId,
    id: &DelegationId,
    now: Moment,
) -> Result<Ended> {
    let (customer, delegation) = find(conn, by, customer, id)?;
    let reseller = delegation.reseller_name.clone();
    let is_ended = close(conn, by, (&customer, &delegation), now)?;
    Ok(if is_ended { Ended::Now { reseller } } else { Ended::Already { reseller } })
}

/// The deed, with its records in both logs: from now on the reseller no longer administers the customer. Answers
/// `false` when it did not any more.
pub(super) fn close(
    conn: &mut Connection,
    by: &Viewer,
    (customer, delegation): (&Customer, &Delegation),
    now: Moment,
) -> Result<bool> {
    let as_read = lasting().filter(delegations::id.eq(&delegation.id));
    if diesel::update(as_read).set(delegations::ended_at.eq(now)).execute(conn)? == 0 {
        return Ok(false);
    }
    let reseller = &delegation.reseller_name;
    let entry = Entry::new(Action::EndDelegation, "delegation", delegation.id, reseller)
        .for_customer(&customer.id, &customer.account.company_name)
        .with([Change::new("reseller", reseller, "")]);
    activity::store::record(conn, by, &entry, now)?;
    activity::store::record_for(conn, &delegation.reseller, by, &entry, now)?;
    let event = Event::about_customer(Kind::DelegationEnded, &customer.id, &customer.account.company_name);
    notifications::tell(conn, &delegation.reseller, by, &event, now)?;
    Ok(true)
}

fn find(
    conn: &mut Connection,
    by: &Viewer,
    customer: &CustomerId,
    id: &DelegationId,
) -> Result<(Customer, Delegation)> {
    let held = account::find(conn, &by.reach(), customer)?;
    let delegation = held.delegations.into_iter().find(|delegation| delegation.id == *id);
    Ok((held.customer, delegation.ok_or(Error::NotFound)?))
}
