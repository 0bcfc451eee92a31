//! Subscriptions that are billed by usage.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::catalog::model::Unit;
use crate::customers::facts::{Named, customer};
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::subscriptions;
pub use crate::db::schema::subscriptions::customer_id as metered_customer;
use crate::error::Result;
use crate::subscriptions::model::Status;
use crate::values::id::{CustomerId, EntitlementId, OrganisationId, SubscriptionId};

/// One of them, with its customer.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = subscriptions)]
pub struct Metered {
    pub id: SubscriptionId,
    #[diesel(embed)]
    pub customer: Named,
    pub nickname: String,
    pub starts_on: NaiveDate,
    /// Since when it is deleted.
    pub ended_on: Option<NaiveDate>,
    #[diesel(column_name = entitlement_id)]
    pub entitlement: Option<EntitlementId>,
}

/// Those that are not deleted, as a part of bigger queries; they go by [`metered_customer`].
#[diesel::dsl::auto_type]
pub fn by_usage() -> _ {
    let usage: Unit = Unit::Usage;
    let deleted: Status = Status::Deleted;
    subscriptions::table.filter(subscriptions::unit.eq(usage)).filter(subscriptions::status.ne(deleted))
}

/// One that runs, with the reseller that it names.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = subscriptions)]
pub struct Running {
    pub id: SubscriptionId,
    pub nickname: String,
    pub mpn_id: String,
    #[diesel(column_name = mpn_reseller_id)]
    pub reseller: Option<OrganisationId>,
}

/// Those of a customer that are active, the oldest first.
///
/// # Errors
/// Database errors.
pub fn running_of(conn: &mut Connection, customer: &CustomerId) -> Result<Vec<Running>> {
    Ok(subscriptions::table
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::unit.eq(Unit::Usage))
        .filter(subscriptions::status.eq(Status::Active))
        .order((subscriptions::created_at, subscriptions::id))
        .select(Running::as_select())
        .load(conn)?)
}

/// Those of a provider that are called so in Azure, deleted ones as well.
///
/// # Errors
/// Database errors.
pub fn metered_called(
    conn: &mut Connection,
    provider: &OrganisationId,
    entitlements: &[EntitlementId],
) -> Result<Vec<Metered>> {
    let all = subscriptions::table.inner_join(customer(subscriptions::customer_id));
    Ok(all
        .filter(is_among(subscriptions::entitlement_id.assume_not_null(), entitlements))
        .filter(subscriptions::provider_id.eq(provider))
        .select(Metered::as_select())
        .load(conn)?)
}

/// Those of a provider with these ids, deleted ones as well.
///
/// # Errors
/// Database errors.
pub fn metered_among(
    conn: &mut Connection,
    provider: &OrganisationId,
    ids: &[SubscriptionId],
) -> Result<Vec<Metered>> {
    let all = subscriptions::table.inner_join(customer(subscriptions::customer_id));
    Ok(all
        .filter(is_among(subscriptions::id, ids))
        .filter(subscriptions::provider_id.eq(provider))
        .filter(subscriptions::unit.eq(Unit::Usage))
        .select(Metered::as_select())
        .load(conn)?)
}

/// Those of some customers of a provider, deleted ones as well, the oldest first.
///
/// # Errors
/// Database errors.
pub fn metered_of(
    conn: &mut Connection,
    provider: &OrganisationId,
    customers: &[CustomerId],
) -> Result<Vec<Metered>> {
    let all = subscriptions::table.inner_join(customer(subscriptions::customer_id));
    Ok(all
        .filter(is_among(subscriptions::customer_id, customers))
        .filter(subscriptions::provider_id.eq(provider))
        .filter(subscriptions::unit.eq(Unit::Usage))
        .order((subscriptions::created_at, subscriptions::id))
        .select(Metered::as_select())
        .load(conn)?)
}
