//! Queries about subscriptions. Each takes the viewer's reach: a subscription beyond it does not exist.

mod add_ons;
pub mod assigned;
pub mod billing;
pub mod calendar;
pub mod cancelling;
pub mod changes;
mod concerned;
pub mod conversion;
pub mod details;
pub mod edit;
pub mod ending;
pub mod handover;
pub mod history;
pub mod holdings;
pub mod incentives;
mod limits;
pub mod list;
pub mod named;
pub mod of_customer;
pub mod own;
mod prices;
pub mod promotion;
pub mod purchase;
pub mod quantity;
pub mod renewal;
pub mod renewals;
mod row;
pub mod support;
mod telling;
pub mod tenant_owner;
pub mod undo;
pub mod undoable;
pub mod upgrade;
pub mod transferring;

use diesel::prelude::*;

use super::facts::all_within;
use super::model::{NewSubscription, Status, Subscription};
use crate::access::Reach;
use crate::azure;
use crate::catalog::model::Unit;
use crate::customers::store::soon;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::{Error, Result};
use crate::values::id::{CustomerId, EntitlementId, OrderId, OrganisationId, SubscriptionId};
use crate::values::moment::Moment;
use crate::values::name::sort_name;
use row::Row;

/// The subscription of this id within reach.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn find(conn: &mut Connection, reach: &Reach, id: &SubscriptionId) -> Result<Subscription> {
    let query = all_within(reach).ok_or(Error::NotFound)?;
    let row: Row = query.filter(subscriptions::id.eq(id)).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// What an order has bought, by name. Who may see the order may see them.
///
/// # Errors
/// Database errors.
pub fn of_order(conn: &mut Connection, order: &OrderId) -> Result<Vec<Subscription>> {
    let rows: Vec<Row> = subscriptions::table
        .filter(subscriptions::order_id.eq(order))
        .order((subscriptions::sort_name, subscriptions::id))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Subscription::from).collect())
}

/// Adds a subscription, active, supported by the provider. Its order and customer exist already.
///
/// # Errors
/// Database errors.
pub fn add(conn: &mut Connection, new: &NewSubscription, now: Moment) -> Result<()> {
    let incentives = new.incentives.as_ref();
    diesel::insert_into(subscriptions::table)
        .values((
            (
                subscriptions::id.eq(&new.id),
                subscriptions::customer_id.eq(&new.customer),
                subscriptions::provider_id.eq(&new.provider),
                subscriptions::order_id.eq(&new.order),
                subscriptions::offer_id.eq(&new.offer),
                subscriptions::offer_name.eq(&new.offer_name),
                subscriptions::nickname.eq(&new.offer_name),
                subscriptions::sort_name.eq(sort_name(&new.offer_name)),
                subscriptions::unit.eq(new.unit),
                subscriptions::quantity.eq(new.quantity),
                subscriptions::status.eq(Status::Active),
            ),
            (
                subscriptions::billing.eq(new.billing),
                subscriptions::currency.eq(new.currency),
                subscriptions::unit_price_minor.eq(new.unit_price_minor),
                subscriptions::is_trial.eq(new.is_trial),
                subscriptions::parent_id.eq(&new.parent),
                subscriptions::mpn_id.eq(incentives.map_or("", |(mpn_id, _)| mpn_id)),
                subscriptions::mpn_reseller_id.eq(incentives.map(|(_, reseller)| reseller)),
                subscriptions::support_organisation_id.eq(&new.provider),
                subscriptions::created_at.eq(now),
                subscriptions::starts_on.eq(new.starts_on),
                subscriptions::renews_on.eq(new.renews_on),
                subscriptions::term_months.eq(new.term_months),
                subscriptions::auto_renews.eq(!new.is_trial),
                subscriptions::entitlement_id.eq((new.unit == Unit::Usage).then(EntitlementId::new)),
                subscriptions::version.eq(1),
            ),
        ))
        .execute(conn)?;
    if new.unit == Unit::Usage {
        azure::store::accounts::open(conn, (&new.customer, &new.provider), new.currency, now.day())?;
    }
    soon::keep(conn, &new.customer, now.day())
}

/// A subscription that is forgotten, and who earned for it.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = subscriptions)]
pub struct Forgotten {
    pub id: SubscriptionId,
    #[diesel(column_name = offer_name)]
    pub name: String,
    pub mpn_id: String,
    #[diesel(column_name = mpn_reseller_id)]
    pub earner: Option<OrganisationId>,
    version: i32,
}

/// Forgets the subscriptions of an order, as long as nobody has done anything with them. Answers which; none where somebody
/// has. Then the caller's transaction must not be kept.
///
/// # Errors
/// Database errors, where something refers to them.
pub fn forget_untouched(conn: &mut Connection, order: &OrderId) -> Result<Option<Vec<Forgotten>>> {
    let of = subscriptions::table.filter(subscriptions::order_id.eq(order));
    let all: Vec<Forgotten> = of.select(Forgotten::as_select()).load(conn)?;
    let customers: Vec<CustomerId> = of.select(subscriptions::customer_id).distinct().load(conn)?;
    let ids: Vec<SubscriptionId> = all.iter().map(|one| one.id).collect();
    if all.iter().any(|one| one.version != 1) || azure::store::sums::has_any_of(conn, &ids)? {
        return Ok(None);
    }
    diesel::delete(of).execute(conn)?;
    for customer in customers {
        if !azure::store::accounts::forget_unused(conn, &customer)? {
            return Ok(None);
        }
    }
    Ok(Some(all))
}
