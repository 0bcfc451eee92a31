//! What keeps a subscription from moving.

use chrono::NaiveDate;

use super::Item;
use crate::subscriptions::model::{Status, Subscription};
use crate::text_enum;
use crate::values::id::SubscriptionId;
use crate::values::moment::days_after;

/// A file can be answered for so many days at most.
const LONGEST_DAYS: u64 = 90;

text_enum! {
    /// Why it does not move. `templates/transfers/words.html` says so.
    pub enum Obstacle {
        /// It, or an add-on of it, is suspended or not provisioned.
        NotActive = "not_active",
        Trial = "trial",
        /// It is in another file that is open.
        InTransfer = "in_transfer",
        /// Its order can still be cancelled.
        Cancellable = "cancellable",
        /// It is gone.
        Gone = "gone",
        /// The number is another one than when the file was started.
        QuantityChanged = "quantity_changed",
        /// An add-on was bought since then.
        OtherAddOns = "other_add_ons",
        /// It names another reseller by now.
        OtherReseller = "other_reseller",
        /// The provider does not let the new reseller be named on the offer.
        Closed = "closed",
    }
}

/// Why a subscription that is there cannot be put into a file.
pub fn obstacle(
    subscription: &Subscription,
    is_in_transfer: bool,
    is_cancellable: bool,
    today: NaiveDate,
) -> Option<Obstacle> {
    if is_in_transfer {
        Some(Obstacle::InTransfer)
    } else if subscription.standing(today) != Status::Active {
        Some(Obstacle::NotActive)
    } else if subscription.is_trial {
        Some(Obstacle::Trial)
    } else if is_cancellable {
        Some(Obstacle::Cancellable)
    } else {
        None
    }
}

/// Why a base and its add-ons cannot move any more as they stood when the file was started: the quantity was frozen then.
/// `now` are those of them that are not deleted, and whatever add-ons there are besides. Days and prices that have
/// changed by the calendar move as they are.
pub fn still_stands<'a>(
    items: impl IntoIterator<Item = &'a Item>,
    now: &[Subscription],
    today: NaiveDate,
) -> Result<(), Obstacle> {
    let mut known: Vec<SubscriptionId> = Vec::new();
    for item in items {
        let one = now.iter().find(|one| one.id == item.subscription).ok_or(Obstacle::Gone)?;
        match one.standing(today) {
            Status::Deleted => return Err(Obstacle::Gone),
            Status::Active => {}
            Status::Pending | Status::Suspended => return Err(Obstacle::NotActive),
        }
        if one.quantity != item.quantity {
            return Err(Obstacle::QuantityChanged);
        }
        known.push(one.id);
    }
    let is_new = |one: &&Subscription| !known.contains(&one.id) && one.standing(today) != Status::Deleted;
    if now.iter().any(|one| is_new(&one)) { Err(Obstacle::OtherAddOns) } else { Ok(()) }
}

/// The last day until which a file can be left open.
pub fn open_until_latest(today: NaiveDate) -> NaiveDate {
    days_after(today, LONGEST_DAYS)
}
