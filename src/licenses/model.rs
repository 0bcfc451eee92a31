//! What a customer bought for its users, and what somebody wants done with it.

pub mod rules;

use crate::catalog::facts::Licensed;
use crate::values::folding::folded;
use crate::values::id::OfferId;

/// What users are licensed for, and how many licenses of it a customer has under one account.
#[derive(Clone, Debug)]
pub struct Product {
    pub offer: Licensed,
    /// Of active subscriptions.
    pub bought: i64,
    /// Of suspended subscriptions, which nobody can use.
    pub suspended: i64,
    /// To users who are not deleted.
    pub assigned: i64,
}

impl Product {
    /// How many more users can have it.
    pub fn free(&self) -> i64 {
        self.bought.saturating_sub(self.assigned).max(0)
    }

    /// Whether both hold a service plan, which a user has only once.
    pub fn excludes(&self, other: &Self) -> bool {
        let has = |plan: &String| other.offer.plans.iter().any(|one| folded(one) == folded(plan));
        self.offer.id != other.offer.id && self.offer.plans.iter().any(has)
    }

    /// Whether more than a quarter of what is paid for is assigned to nobody.
    pub fn is_wasted(&self) -> bool {
        self.free().saturating_mul(4) > self.bought
    }

    /// How many users have it without a license in force: their subscription is suspended or gone.
    pub fn excess(&self) -> i64 {
        self.assigned.saturating_sub(self.bought).max(0)
    }
}

/// A license of a user, with what is turned off in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct License {
    pub offer: OfferId,
    /// Service plans, by name.
    pub plans_off: Vec<String>,
}

/// What is wanted for each of some users: licenses as they are to be, and those that are taken.
#[derive(Clone, Debug, Default)]
pub struct Deal {
    pub give: Vec<License>,
    pub take: Vec<OfferId>,
}

impl Deal {
    pub fn is_empty(&self) -> bool {
        self.give.is_empty() && self.take.is_empty()
    }
}

/// What a deal changes for one user.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps {
    pub given: Vec<License>,
    /// With other service plans than before.
    pub changed: Vec<License>,
    pub taken: Vec<OfferId>,
}

impl Steps {
    pub fn are_none(&self) -> bool {
        self.given.is_empty() && self.changed.is_empty() && self.taken.is_empty()
    }
}

/// Why a user keeps what the user had. `templates/users/wrong.txt` says so, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody knows in which country the user uses it.
    NoLocation,
    NotServed {
        product: String,
    },
    NoneLeft {
        product: String,
    },
    /// It goes with one of these only, which the user has not, or would lose.
    Needs {
        product: String,
        bases: Vec<String>,
    },
    /// Both hold the same service plan.
    Twice {
        product: String,
        other: String,
        plan: String,
    },
}
