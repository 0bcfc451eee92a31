//! What other areas ask about subscriptions. Deleted ones count for nothing where they are counted.

mod ends;
mod held;
mod metered;
mod run;
mod seats;
mod special;
mod worth;

use diesel::dsl::exists;
use diesel::prelude::*;

pub use ends::{next_end, unaware_of_ends};
pub use held::{Held, held_by};
pub use metered::{
    Metered, Running, by_usage, metered_among, metered_called, metered_customer, metered_of, running_of,
};
pub use run::{Run, subscription};
pub use seats::{Seats, seats};
pub use special::{Special, special};
pub use worth::monthly_elsewhere;

use super::model::Status;
use crate::access::Reach;
use crate::customers::facts::{accounts_of, is_administered, is_lasting, of_pair};
use crate::db::Connection;
use crate::db::row_values::Both;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::{CustomerId, OrderId, OrganisationId, SubscriptionId};
use crate::values::mpn_id::MpnId;
use crate::web::Count;

/// All subscriptions within a reach; `None` when it holds nothing.
pub(super) fn all_within(reach: &Reach) -> Option<subscriptions::BoxedQuery<'_, Both>> {
    let all = subscriptions::table.into_boxed();
    match reach {
        Reach::Provider(provider) => Some(all.filter(subscriptions::provider_id.eq(provider))),
        // Whoever earns for a subscription manages it, also where somebody else administers the customer.
        Reach::Reseller(reseller) => {
            Some(all.filter(
                is_administered(subscriptions::customer_id, reseller).or(
                    subscriptions::mpn_reseller_id.eq(reseller).and(is_lasting(subscriptions::customer_id)),
                ),
            ))
        }
        Reach::Customer(company) => Some(all.filter(subscriptions::customer_id.eq_any(accounts_of(company)))),
        Reach::Nothing => None,
    }
}

/// Which of these subscriptions are within a reach.
///
/// # Errors
/// Database errors.
pub fn within(
    conn: &mut Connection,
    reach: &Reach,
    ids: impl IntoIterator<Item = SubscriptionId>,
) -> Result<Vec<SubscriptionId>> {
    let Some(all) = all_within(reach) else { return Ok(Vec::new()) };
    let ids: Vec<SubscriptionId> = ids.into_iter().collect();
    Ok(all.filter(subscriptions::id.eq_any(ids)).select(subscriptions::id).load(conn)?)
}

/// How many subscriptions there are in the installation, whatever their status.
///
/// # Errors
/// Database errors.
pub fn count(conn: &mut Connection) -> Result<Count> {
    let some: Vec<SubscriptionId> =
        subscriptions::table.select(subscriptions::id).limit(Count::LIMIT).load(conn)?;
    Ok(Count::of(some.len()))
}

/// Whether any subscription of a customer names a reseller, whatever its status.
///
/// # Errors
/// Database errors.
pub fn names_on_any(conn: &mut Connection, customer: &CustomerId, reseller: &OrganisationId) -> Result<bool> {
    let naming = subscriptions::table
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::mpn_reseller_id.eq(reseller));
    Ok(diesel::select(exists(naming)).get_result(conn)?)
}

/// How many a customer has.
///
/// # Errors
/// Database errors.
pub fn count_of(conn: &mut Connection, customer: &CustomerId) -> Result<i64> {
    Ok(living().filter(subscriptions::customer_id.eq(customer)).count().get_result(conn)?)
}

/// How many of a customer's a reseller supports only as long as it administers the customer.
///
/// # Errors
/// Database errors.
pub fn count_supported(conn: &mut Connection, customer: &CustomerId, by: &OrganisationId) -> Result<i64> {
    let names_nobody_or_another =
        subscriptions::mpn_reseller_id.is_null().or(subscriptions::mpn_reseller_id.ne(by));
    let supported = living()
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::support_organisation_id.eq(by))
        .filter(names_nobody_or_another);
    Ok(supported.count().get_result(conn)?)
}

/// How many of a customer's name a reseller.
///
/// # Errors
/// Database errors.
pub fn count_rewarded(conn: &mut Connection, customer: &CustomerId, of: &OrganisationId) -> Result<i64> {
    let rewarded = living()
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::mpn_reseller_id.eq(of));
    Ok(rewarded.count().get_result(conn)?)
}

/// The resellers that a customer's name, each once.
///
/// # Errors
/// Database errors.
pub fn resellers_named(conn: &mut Connection, customer: &CustomerId) -> Result<Vec<OrganisationId>> {
    let named = living()
        .filter(subscriptions::customer_id.eq(customer))
        .filter(subscriptions::mpn_reseller_id.is_not_null())
        .select(subscriptions::mpn_reseller_id.assume_not_null())
        .distinct();
    Ok(named.load(conn)?)
}

/// How many the customers of a provider have that a reseller administers.
///
/// # Errors
/// Database errors.
pub fn count_administered(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: &OrganisationId,
) -> Result<i64> {
    let administered = living().filter(subscriptions::customer_id.eq_any(of_pair(provider, reseller)));
    Ok(administered.count().get_result(conn)?)
}

/// How many of a provider's name a reseller that does not administer their customers.
///
/// # Errors
/// Database errors.
pub fn count_named_only(
    conn: &mut Connection,
    provider: &OrganisationId,
    reseller: &OrganisationId,
) -> Result<i64> {
    let named = living()
        .filter(subscriptions::mpn_reseller_id.eq(reseller))
        .filter(subscriptions::provider_id.eq(provider))
        .filter(subscriptions::customer_id.ne_all(of_pair(provider, reseller)));
    Ok(named.count().get_result(conn)?)
}

/// How many of a provider's name a reseller by this MPN ID.
///
/// # Errors
/// Database errors.
pub fn count_naming(
    conn: &mut Connection,
    provider: &OrganisationId,
    (reseller, mpn_id): (&OrganisationId, &MpnId),
) -> Result<i64> {
    let naming = living()
        .filter(subscriptions::mpn_reseller_id.eq(reseller))
        .filter(subscriptions::provider_id.eq(provider))
        .filter(subscriptions::mpn_id.eq(mpn_id.as_str()));
    Ok(naming.count().get_result(conn)?)
}

/// Those that are not deleted. One that the calendar ends is kept as suspended, and counted.
#[diesel::dsl::auto_type]
fn living() -> _ {
    let deleted: Status = Status::Deleted;
    subscriptions::table.filter(subscriptions::status.ne(deleted))
}

/// The orders with add-ons of what an order bought.
///
/// # Errors
/// Database errors.
pub fn orders_of_add_ons(conn: &mut Connection, order: &OrderId) -> Result<Vec<OrderId>> {
    let bases: Vec<SubscriptionId> = subscriptions::table
        .filter(subscriptions::order_id.eq(order))
        .select(subscriptions::id)
        .load(conn)?;
    Ok(subscriptions::table
        .filter(subscriptions::parent_id.eq_any(bases))
        .select(subscriptions::order_id)
        .load(conn)?)
}
