//! Making a paid subscription of a trial: the same subscription, with what is paid for in it.

use super::Subscription;
use crate::catalog::model::{Listed, Offer};
use crate::values::quantity::Quantity;

/// What a trial becomes.
#[derive(Clone, Debug)]
pub struct Conversion {
    pub paid: Listed,
    /// So many users have a license of the trial that no other subscription holds.
    pub users: i64,
}

impl Conversion {
    pub fn offer(&self) -> &Offer {
        &self.paid.offer
    }

    /// The fewest and the most that there can be.
    pub fn bounds(&self) -> (i64, i64) {
        (self.offer().minimum, self.offer().largest_quantity())
    }

    /// As many as the trial has, as far as the offer allows.
    pub fn usual_quantity(&self, trial: &Subscription) -> Quantity {
        let (minimum, maximum) = self.bounds();
        Quantity::of(trial.quantity.get().clamp(minimum, maximum.max(minimum)))
    }

    /// How many users would be without a license.
    pub fn left_without(&self, quantity: Quantity) -> i64 {
        (self.users - quantity.get()).max(0)
    }
}
