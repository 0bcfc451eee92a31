//! Two customers that took delegated admin away: one from its reseller, the other from its provider.

use super::customers::Customer;
use super::log::{self, Actor};
use super::rows::{ActivityRow, CustomerRow, DelegationRow};
use super::world::World;
use crate::activity::{Action, Change, Entry};
use crate::db::Connection;
use crate::error::Result;
use crate::people::facts::addressee;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;

/// Before how many days they did it.
const FROM_RESELLER: i64 = 6;
const FROM_PROVIDER: i64 = 11;

pub fn insert(conn: &mut Connection, world: &World<'_>) -> Result<()> {
    let mut log = Vec::new();
    let mut settled = settled(world);
    if let Some(customer) = settled.next() {
        from_reseller(conn, world, &customer, &mut log)?;
    }
    if let Some(customer) = settled.next() {
        from_provider(conn, world, &customer, &mut log)?;
    }
    ActivityRow::insert(conn, &log)
}

/// The one that took it from its provider.
pub fn undelegated<'a>(world: &'a World<'a>) -> Option<Customer<'a>> {
    settled(world).nth(1)
}

/// Customers that have been there for a while.
fn settled<'a>(world: &'a World<'a>) -> impl Iterator<Item = Customer<'a>> {
    let is_settled = |customer: &Customer<'_>| {
        customer.ended.is_none() && customer.has_agreement && customer.created_at < world.now.plus_days(-30)
    };
    (0..world.count)
        .filter(|index| world.is_harbors(*index))
        .filter_map(|index| Customer::of(world, index))
        .filter(move |customer| is_settled(customer))
        .filter(|customer| customer.seller().is_some())
}

fn from_reseller(
    conn: &mut Connection,
    world: &World<'_>,
    customer: &Customer<'_>,
    log: &mut Vec<ActivityRow>,
) -> Result<()> {
    let (Some(seller), at) = (customer.seller(), world.now.plus_days(-FROM_RESELLER)) else { return Ok(()) };
    let of_seller = |delegation: &DelegationRow| delegation.reseller_id == seller.id;
    let Some(delegation) = customer.delegations("", world.now).find(of_seller) else { return Ok(()) };
    let admin = addressee(conn, &customer.admin_id())?;
    DelegationRow::revoke(conn, &delegation.id, (at, &admin.name))?;
    let entry = Entry::new(Action::EndDelegation, "delegation", delegation.id, &seller.name)
        .for_customer(&customer.id, &customer.name)
        .with([Change::new("reseller", &seller.name, "")]);
    record(conn, world, customer, (&entry, &[seller.id]), at, log)
}

fn from_provider(
    conn: &mut Connection,
    world: &World<'_>,
    customer: &Customer<'_>,
    log: &mut Vec<ActivityRow>,
) -> Result<()> {
    let (provider, at) = (&customer.market.provider.row, world.now.plus_days(-FROM_PROVIDER));
    CustomerRow::undelegate(conn, &customer.id, at)?;
    let entry = Entry::new(Action::RemoveDelegatedAdmin, "organisation", provider.id, &provider.name)
        .for_customer(&customer.id, &customer.name)
        .with([Change::new("delegated_admin", "yes", "no")]);
    record(conn, world, customer, (&entry, &[]), at, log)
}

/// In the logs of the customer's company, of its provider, and of others whom it concerns.
fn record(
    conn: &mut Connection,
    world: &World<'_>,
    customer: &Customer<'_>,
    (entry, others): (&Entry, &[OrganisationId]),
    at: Moment,
    log: &mut Vec<ActivityRow>,
) -> Result<()> {
    let admin = addressee(conn, &customer.admin_id())?;
    let by = Actor { person: &admin.person, name: &admin.name, organisation: &customer.name };
    for organisation in [customer.id.company(), customer.market.provider.row.id].iter().chain(others) {
        log::put(log, (organisation, world.now), by, entry, at);
    }
    Ok(())
}
