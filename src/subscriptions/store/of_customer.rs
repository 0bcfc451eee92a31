//! All subscriptions of a customer at once, for what ends or comes back with the customer.

use diesel::prelude::*;

use super::super::model::{Status, Subscription};
use super::edit::entry_about;
use super::row::Row;
use super::tenant_owner;
use crate::access::Viewer;
use crate::activity::{self, Action, Author, Change};
use crate::azure::model::owner::OwnerEnd;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::{CustomerId, OrganisationId};
use crate::values::moment::Moment;

/// Those in one of these states that the database keeps, bases before their add-ons and by name.
///
/// # Errors
/// Database errors.
pub fn in_states(
    conn: &mut Connection,
    customer: &CustomerId,
    states: &[Status],
) -> Result<Vec<Subscription>> {
    let rows: Vec<Row> = subscriptions::table
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::status.eq_any(states))
        .order((subscriptions::parent_id.is_not_null(), subscriptions::sort_name, subscriptions::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Subscription::from).collect())
}

/// The viewer's organisation, a reseller, gives up supporting a customer: the provider does it from now on. Answers how
/// many subscriptions that concerns.
///
/// # Errors
/// Database errors.
pub fn give_up_support(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    now: Moment,
) -> Result<usize> {
    let supported: Vec<Row> = subscriptions::table
        .filter(subscriptions::customer_id.eq(&customer.id))
        .filter(subscriptions::support_organisation_id.eq(&by.organisation.id))
        .select(Row::as_select())
        .load(conn)?;
    let supported: Vec<Subscription> = supported.into_iter().map(Subscription::from).collect();
    for one in &supported {
        let set = (
            subscriptions::support_organisation_id.eq(&customer.provider),
            subscriptions::version.eq(subscriptions::version + 1),
        );
        diesel::update(subscriptions::table.find(&one.id)).set(set).execute(conn)?;
        let change = Change::new("support_contact", &by.organisation.name, "");
        record(conn, by, (customer, one), (Action::EndSupportContact, change), now)?;
    }
    Ok(supported.len())
}

/// The viewer's organisation, a reseller, is no longer named on a customer's subscriptions. Answers how many that
/// concerns.
///
/// # Errors
/// Database errors.
pub fn give_up_incentives(
    conn: &mut Connection,
    by: &Viewer,
    customer: &Customer,
    now: Moment,
) -> Result<usize> {
    let naming: Vec<Row> = subscriptions::table
        .filter(subscriptions::customer_id.eq(&customer.id))
        .filter(subscriptions::mpn_reseller_id.eq(&by.organisation.id))
        .select(Row::as_select())
        .load(conn)?;
    let naming: Vec<Subscription> = naming.into_iter().map(Subscription::from).collect();
    for one in &naming {
        let set = (
            subscriptions::mpn_id.eq(""),
            subscriptions::mpn_reseller_id.eq(None::<OrganisationId>),
            subscriptions::version.eq(subscriptions::version + 1),
        );
        diesel::update(subscriptions::table.find(&one.id)).set(set).execute(conn)?;
        let change = Change::new("mpn_id", one.mpn_id(), "");
        record(conn, by, (customer, one), (Action::RemoveMpnAssociation, change), now)?;
        let of = (one, (&customer.id, customer.account.company_name.as_str()));
        tenant_owner::end(conn, &Author::of(by), of, OwnerEnd::RelationshipEnded, now)?;
    }
    Ok(naming.len())
}

/// In the log of whoever did it, and in the provider's.
fn record(
    conn: &mut Connection,
    by: &Viewer,
    (customer, subscription): (&Customer, &Subscription),
    (action, change): (Action, Change),
    now: Moment,
) -> Result<()> {
    let named = (&customer.id, customer.account.company_name.as_str());
    let entry = entry_about(subscription, named, action, [change]);
    activity::store::record(conn, by, &entry, now)?;
    activity::store::record_for(conn, &customer.provider, by, &entry, now)
}
