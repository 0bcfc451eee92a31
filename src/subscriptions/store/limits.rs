//! Which reseller a subscription can name: one to which its offer is open, and with which the customer has no more of it
//! than it can have.

use diesel::prelude::*;

use super::super::model::{Status, Subscription};
use super::super::wrong::Wrong;
use crate::audiences::facts::closed_to;
use crate::catalog::facts::limit_of;
use crate::catalog::model::LimitScope;
use crate::db::Connection;
use crate::db::schema::subscriptions;
use crate::error::Result;
use crate::values::id::OrganisationId;

/// Why a subscription cannot name this reseller, or none.
///
/// # Errors
/// Database errors.
pub(super) fn refused(
    conn: &mut Connection,
    subscription: &Subscription,
    earner: Option<&OrganisationId>,
) -> Result<Option<Wrong>> {
    match closed(conn, subscription, earner)? {
        Some(closed) => Ok(Some(closed)),
        None => exceeded(conn, subscription, earner),
    }
}

/// Whether the provider does not let a reseller be named on the offer. One that is named already stays, by whichever of
/// its locations.
fn closed(
    conn: &mut Connection,
    subscription: &Subscription,
    earner: Option<&OrganisationId>,
) -> Result<Option<Wrong>> {
    let Some(reseller) = earner.filter(|reseller| !subscription.names(reseller)) else { return Ok(None) };
    let is_closed = closed_to(conn, &subscription.provider, reseller)?.contains(&subscription.offer);
    Ok(is_closed.then(|| Wrong::ClosedToReseller { offer: subscription.offer_name.clone() }))
}

/// Whether the customer has as many with it as the offer allows.
fn exceeded(
    conn: &mut Connection,
    subscription: &Subscription,
    earner: Option<&OrganisationId>,
) -> Result<Option<Wrong>> {
    let (scope, count) = limit_of(conn, &subscription.offer)?;
    if scope != LimitScope::Reseller {
        return Ok(None);
    }
    let others: Vec<(String, Option<OrganisationId>)> = subscriptions::table
        .filter(subscriptions::customer_id.eq(&subscription.customer))
        .filter(subscriptions::provider_id.eq(&subscription.provider))
        .filter(subscriptions::offer_id.eq(&subscription.offer))
        .filter(subscriptions::status.ne(Status::Deleted))
        .filter(subscriptions::id.ne(&subscription.id))
        .order((subscriptions::created_at, subscriptions::id))
        .select((subscriptions::nickname, subscriptions::mpn_reseller_id))
        .load(conn)?;
    let with_it: Vec<String> =
        others.into_iter().filter(|(_, of)| of.as_ref() == earner).map(|(nickname, _)| nickname).collect();
    let is_reached = i32::try_from(with_it.len()).map_or(true, |held| held >= count);
    Ok(with_it.into_iter().next().filter(|_| is_reached).map(|name| Wrong::HeldWithReseller { name }))
}
