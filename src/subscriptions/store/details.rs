//! Everything that the page of a subscription shows.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::super::model::rules::State;
use super::super::model::{Earner, Status, Subscription};
use super::add_ons;
use super::edit::state_of;
use super::find;
use super::history::{self, Event};
use super::incentives::name_of;
use super::support::{self, Support};
use crate::access::{Reach, Viewer};
use crate::catalog;
use crate::customers;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::orders;
use crate::error::Result;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::values::quantity::Quantity;

/// A subscription with its surroundings.
#[derive(Clone, Debug)]
pub struct Details {
    pub subscription: Subscription,
    pub state: State,
    pub customer: Customer,
    /// How many the offer allows.
    pub bounds: (Quantity, Quantity),
    pub order_number: String,
    /// When its order was cancelled, and by whom.
    pub cancelled: Option<(Moment, String)>,
    /// What this add-on belongs to.
    pub base: Option<Relative>,
    /// With the add-ons of add-ons.
    pub add_ons: Vec<Relative>,
    pub earner: Earner,
    pub support: Support,
    pub history: Vec<Event>,
}

/// The base of an add-on, or an add-on.
#[derive(Clone, Debug)]
pub struct Relative {
    pub subscription: Subscription,
    pub standing: Status,
}

impl Details {
    pub fn active_add_ons(&self) -> impl Iterator<Item = &Relative> {
        self.add_ons.iter().filter(|add_on| add_on.standing == Status::Active)
    }
}

/// The subscription of this id within the viewer's reach, as it stands on a day.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is none or it is somebody else's; database errors.
pub fn of(conn: &mut Connection, viewer: &Viewer, id: &SubscriptionId, today: NaiveDate) -> Result<Details> {
    let reach = viewer.reach();
    let subscription = find(conn, &reach, id)?;
    let customer = customers::store::find(conn, &reach, &subscription.customer)?;
    let offer = catalog::store::find(conn, &subscription.offer)?;
    let relative =
        |subscription: Subscription| Relative { standing: subscription.standing(today), subscription };
    let base = match &subscription.parent {
        Some(base) => Some(relative(find(conn, &reach, base)?)),
        None => None,
    };
    let of_order = (orders::number, orders::cancelled_at, orders::cancelled_by_name);
    let (order_number, cancelled_at, cancelled_by): (String, Option<Moment>, Option<String>) =
        orders::table.find(&subscription.order).select(of_order).first(conn)?;
    let reseller = subscription.incentives.as_ref().map(|(_, reseller)| reseller);
    let name = name_of(conn, reseller)?;
    let named = reseller.map(|id| (id, name.as_str()));
    Ok(Details {
        earner: Earner::seen_within(&reach, subscription.mpn_id(), named),
        state: state_of(conn, &reach, &subscription, &customer, today)?,
        customer,
        bounds: (Quantity::of(offer.minimum), Quantity::of(offer.maximum)),
        order_number,
        cancelled: cancelled_at.zip(cancelled_by),
        base,
        add_ons: add_ons::below(conn, id)?.into_iter().map(relative).collect(),
        support: support::of(conn, &subscription)?,
        history: history::of(conn, viewer, &subscription)?,
        subscription,
    })
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
