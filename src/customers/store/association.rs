//! How a reseller begins to administer a customer.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::soon;
use crate::activity::{self, Action, Author, Change, Entry};
use crate::customers::facts::demand_lasting;
use crate::customers::model::stage;
use crate::db::schema::delegations;
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::notifications::{self, Event, Kind};
use crate::values::id::{CustomerId, DelegationId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;

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
    // Whoever gives it for three weeks needs no letter at once that it ends within thirty days.
    let reminded = new.ends_on.and_then(|last| stage(last, now.day()));
    let is_new = unless_taken(conn, |conn| {
        diesel::insert_into(delegations::table)
            .values((
                delegations::id.eq(new.id),
                delegations::customer_id.eq(new.customer),
                delegations::reseller_id.eq(new.reseller),
                delegations::provider_id.eq(&by.organisation),
                delegations::customer_sort_name.eq(sort_name(new.company_name)),
                delegations::customer_domain.eq(new.domain),
                delegations::since.eq(now),
                delegations::given_by_name.eq(&by.name),
                delegations::ends_on.eq(new.ends_on),
                delegations::reminded_days.eq(reminded),
            ))
            .execute(conn)
    })?;
    if is_new {
        if new.ends_on.is_some() {
            soon::keep(conn, new.customer, now.day())?;
        }
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
