//! How a reseller begins to administer a customer.

use chrono::NaiveDate;

use super::delegations::insert;
use crate::activity::{self, Action, Author, Change, Entry};
use crate::customers::facts::demand_lasting;
use crate::db::Connection;
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::values::id::{CustomerId, DelegationId, OrganisationId};
use crate::values::moment::Moment;

/// A delegation that begins.
#[derive(Clone, Copy, Debug)]
pub struct NewDelegation<'a> {
    pub id: &'a DelegationId,
    pub customer: &'a CustomerId,
    pub company_name: &'a str,
    pub domain: &'a str,
    pub reseller: &'a OrganisationId,
    pub reseller_name: &'a str,
    /// Its last day.
    pub ends_on: Option<NaiveDate>,
}

/// The deed, with its records in both logs: from now on the reseller administers this customer of the author's
/// organisation. Answers `false` when it does already.
///
/// # Errors
/// Database errors.
pub fn begin(conn: &mut Connection, by: &Author, new: &NewDelegation<'_>, now: Moment) -> Result<bool> {
    demand_lasting(conn, new.customer)?;
    let is_new = insert(conn, &by.organisation, (new, &by.name), true, now)?;
    if is_new {
        let entry = entry(new);
        activity::store::record_as(conn, &by.organisation, by, &entry, now)?;
        activity::store::record_as(conn, new.reseller, by, &entry, now)?;
        let event = Event::about_customer(Kind::CustomerDelegated, new.customer, new.company_name);
        notifications::tell_as(conn, new.reseller, by, &event, now)?;
    }
    Ok(is_new)
}

/// What the log says of a delegation that begins.
pub fn entry(new: &NewDelegation<'_>) -> Entry {
    Entry::new(Action::CreateDelegation, "delegation", new.id, new.reseller_name)
        .for_customer(new.customer, new.company_name)
        .with([Change::set("reseller", new.reseller_name)])
        .with(new.ends_on.map(|last| Change::set("ends_on", last)))
}
