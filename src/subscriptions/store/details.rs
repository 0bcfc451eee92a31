//! Everything that the page of a subscription shows.

use super::super::model::early::Early;
use super::super::model::rules::State;
use super::super::model::undo::QuantityChange;
use super::super::model::{Earner, Status, Subscription};
use super::add_ons;
use super::assigned::{self, Assigned};
use super::edit::state_of;
use super::find;
use super::history::{self, Event};
use super::incentives::name_of;
use super::support::{self, Support};
use super::{undo, upgrade};
use crate::access::{Reach, Viewer};
use crate::azure::model::owner::TenantOwner;
use crate::azure::store::owners;
use crate::catalog;
use crate::catalog::model::code::OfferCode;
use crate::customers;
use crate::customers::model::Glimpse;
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::orders::facts::{Numbered, numbered};
use crate::partners::store::earners::holders_of;
use crate::promotions;
use crate::transfers::facts::{Trace, traces};
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::values::quantity::Quantity;

/// A subscription with its surroundings.
#[derive(Clone, Debug)]
pub struct Details {
    pub subscription: Subscription,
    pub state: State,
    pub customer: Glimpse,
    /// The Offer ID, as the catalog has it.
    pub offer_code: OfferCode,
    /// How many the offer allows.
    pub bounds: (Quantity, Quantity),
    /// When its quantity can be reduced at once, and when it can be cancelled.
    pub reduction: Early,
    pub cancellation: Early,
    /// What this trial can be converted to.
    pub paid_offer: Option<String>,
    /// The promotion that makes the term cheaper that runs now.
    pub promotion: Option<String>,
    /// Of the order by which it was bought, for whom the order is within reach.
    pub order_number: Option<String>,
    /// When its order was cancelled, and by whom, for whom the order is within reach.
    pub cancelled: Option<(Moment, String)>,
    /// What this add-on belongs to, where the viewer sees that.
    pub base: Option<Relative>,
    /// With the add-ons of add-ons, as far as the viewer sees them.
    pub add_ons: Vec<Relative>,
    /// Whether the catalog names something that it can be upgraded to.
    pub has_upgrades: bool,
    /// What was bought in its place, and in whose place it was bought, as far as the viewer sees them.
    pub successor: Option<Subscription>,
    pub predecessor: Option<Subscription>,
    /// Whether the catalogue has something that can be added to it.
    pub has_purchasable_add_ons: bool,
    /// What users have of it, where it is licensed to users.
    pub assigned: Assigned,
    /// What a license of it holds.
    pub service_plans: Vec<String>,
    /// The last change of its quantity, as long as it can be undone.
    pub undoable: Option<QuantityChange>,
    pub earner: Earner,
    /// Who has tenant owner permission, where the viewer may know.
    pub owner: Option<TenantOwner>,
    /// The name of the reseller that it names, for the provider's people; empty for none.
    pub named_reseller: String,
    pub support: Support,
    pub history: Vec<Event>,
    /// What it has to do with transfers between partners, as far as the viewer is one of them.
    pub traces: Vec<Trace>,
}

/// The base of an add-on, or an add-on.
#[derive(Clone, Debug)]
pub struct Relative {
    pub subscription: Subscription,
    pub standing: Status,
}

impl Details {
    /// Whether tenant owner permission can be given for it now.
    pub fn can_have_owner(&self) -> bool {
        let is_living = self.state.status != Status::Deleted;
        self.subscription.is_usage_based()
            && is_living
            && self.owner.is_none()
            && !self.named_reseller.is_empty()
    }

    /// How many users are without while it is suspended.
    pub fn losing(&self) -> i64 {
        if self.customer.is_held { self.assigned.beyond(0) } else { 0 }
    }

    /// Whether it is in a transfer that is open, as far as the viewer knows.
    pub fn is_transferring(&self) -> bool {
        self.traces.iter().any(|trace| trace.is_open)
    }

    pub fn active_add_ons(&self) -> impl Iterator<Item = &Relative> {
        self.add_ons.iter().filter(|add_on| add_on.standing == Status::Active)
    }
}

/// The subscription of this id within the viewer's reach, as it stands now.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn of(conn: &mut Connection, viewer: &Viewer, id: &SubscriptionId, now: Moment) -> Result<Details> {
    let today = now.day();
    let reach = viewer.reach();
    let subscription = find(conn, &reach, id)?;
    let customer = customers::store::glimpse(conn, &reach, &subscription.customer)?;
    let offer = catalog::store::find(conn, &subscription.offer)?;
    let plans = catalog::facts::licensed(conn, &[subscription.offer])?;
    let offer_code = catalog::facts::code_of(conn, &subscription.offer)?;
    let paid_offer = match offer.converts_to.filter(|_| subscription.is_trial) {
        Some(paid) => Some(catalog::store::find(conn, &paid)?.name),
        None => None,
    };
    let relative =
        |subscription: Subscription| Relative { standing: subscription.standing(today), subscription };
    let base = match &subscription.parent {
        Some(base) => find(conn, &reach, base).map(Some).or_else(unless_beyond)?.map(relative),
        None => None,
    };
    let order = match customer.is_held {
        true => Some(numbered(conn, &subscription.order)?),
        false => None,
    };
    let below = add_ons::below(conn, id)?.into_iter();
    let below = below.filter(|add_on| customer.is_held || add_on.names(&viewer.organisation.id));
    let holders = holders_of(conn, [subscription.mpn_id()])?;
    let holder = holders.get(subscription.mpn_id());
    let state = state_of(conn, &subscription, today)?;
    let undoable = undo::latest(conn, &subscription, now)?;
    let owner = owners::of_subscription(conn, id)?;
    let earner = subscription.incentives.as_ref().map(|(_, reseller)| reseller);
    let is_providers = matches!(reach, Reach::Provider(_));
    let began_on = add_ons::term_began_on(conn, &subscription)?;
    Ok(Details {
        earner: Earner::seen_within(&reach, subscription.mpn_id(), holder),
        undoable: undoable.filter(|change| change.check(&subscription, state, now).is_ok()),
        state,
        assigned: assigned::of(conn, &subscription, today)?,
        service_plans: plans.into_iter().flat_map(|offer| offer.plans).collect(),
        offer_code,
        reduction: Early::of(offer.reduction, &subscription, began_on),
        cancellation: Early::of(offer.cancellation, &subscription, began_on),
        paid_offer,
        bounds: (Quantity::of(offer.minimum), Quantity::of(offer.maximum)),
        promotion: match &subscription.promotion {
            Some(promotion) => Some(promotions::facts::name_of(conn, promotion)?),
            None => None,
        },
        order_number: order.as_ref().map(|order| order.number.clone()),
        cancelled: order.and_then(Numbered::cancelled),
        base,
        add_ons: below.map(relative).collect(),
        has_upgrades: !catalog::facts::upgrade_targets(conn, &subscription.offer)?.is_empty(),
        successor: upgrade::successor(conn, &reach, id)?,
        predecessor: match &subscription.upgraded_from {
            Some(old) => find(conn, &reach, old).map(Some).or_else(unless_beyond)?,
            None => None,
        },
        has_purchasable_add_ons: catalog::facts::has_add_ons(conn, &subscription.offer)?,
        owner: owner.filter(|owner| is_providers || owner.reseller == viewer.organisation.id),
        named_reseller: if is_providers { name_of(conn, earner)? } else { String::new() },
        support: support::of(conn, &reach, &subscription)?,
        traces: traces(conn, &viewer.organisation.id, id)?,
        history: history::of(conn, viewer, &subscription, customer.is_held)?,
        customer,
        subscription,
    })
}

/// Nothing, where what was looked for is not within reach.
pub(super) fn unless_beyond<T>(error: Error) -> Result<Option<T>> {
    if matches!(error, Error::NotFound) { Ok(None) } else { Err(error) }
}

/// How many the offer of a subscription within reach allows.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn bounds(conn: &mut Connection, reach: &Reach, id: &SubscriptionId) -> Result<(i64, i64)> {
    let subscription = find(conn, reach, id)?;
    let offer = catalog::store::find(conn, &subscription.offer)?;
    Ok((offer.minimum, offer.maximum))
}
