//! What of a customer's somebody can put into a file.

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::permission::StartTransfers;
use crate::access::{Allowed, Reach};
use crate::customers;
use crate::customers::facts::provider_of;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::transfer_items;
use crate::error::Result;
use crate::orders::facts::cancellable_of;
use crate::subscriptions::store::handover::held_by;
use crate::transfers::model::{Family, Outcome, families};
use crate::values::id::{CustomerId, OrderId, SubscriptionId};
use crate::values::moment::Moment;

/// A customer with all that could move.
#[derive(Clone, Debug)]
pub struct Question {
    /// As its provider has it.
    pub customer: Customer,
    pub families: Vec<Family>,
    pub today: NaiveDate,
}

/// A customer of the viewer's provider with everything that it has, or one of which subscriptions name the viewer's
/// reseller with those.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none within reach; database errors.
pub fn question(
    conn: &mut Connection,
    by: &Allowed<StartTransfers>,
    id: &CustomerId,
    now: Moment,
) -> Result<Question> {
    customers::store::glimpse(conn, &by.reach(), id)?;
    let provider = provider_of(conn, id)?;
    let customer = customers::store::find(conn, &Reach::Provider(provider), id)?;
    let held = held_by(conn, id)?;
    let open = open_among(conn, held.iter().map(|one| one.id))?;
    let fresh: HashSet<OrderId> = cancellable_of(conn, id, now)?.into_iter().map(|order| order.id).collect();
    let mut families = families(held, (&open, &fresh), now.day());
    if by.is_reseller() {
        let own = &by.organisation.id;
        families.retain(|family| family.base.names(own));
        for family in &mut families {
            family.add_ons.retain(|add_on| add_on.names(own));
        }
    }
    Ok(Question { customer, families, today: now.day() })
}

/// Which of these subscriptions are in a file that is open.
fn open_among(
    conn: &mut Connection,
    ids: impl IntoIterator<Item = SubscriptionId>,
) -> Result<HashSet<SubscriptionId>> {
    let open: Vec<SubscriptionId> = transfer_items::table
        .filter(is_among(transfer_items::subscription_id, ids))
        .filter(transfer_items::result.eq(Outcome::Waiting))
        .select(transfer_items::subscription_id)
        .load(conn)?;
    Ok(open.into_iter().collect())
}
