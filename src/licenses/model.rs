//! What a customer bought for its users, and what somebody wants done with it.

pub mod rules;

use serde::{Deserialize, Serialize};

use crate::catalog::facts::Licensed;
use crate::values::folding::folded;
use crate::values::id::OfferId;

/// What users are licensed for, and how many licenses of it a customer has under one account.
#[derive(Clone, Debug)]
pub struct Product {
    pub offer: Licensed,
    /// Of active subscriptions.
    pub bought: i64,
    /// How many of those nobody pays for: they are of trials.
    pub trial: i64,
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
        let has = |plan: &String| other.offer.plans.iter().any(|one| is_same(one, plan));
        self.offer.id != other.offer.id && self.offer.plans.iter().any(has)
    }

    /// How many are paid for and assigned to nobody, as long as that is more than a quarter.
    pub fn wasted(&self) -> Option<i64> {
        let paid = self.bought.saturating_sub(self.trial);
        let unused = self.free().min(paid);
        Some(unused).filter(|unused| unused.saturating_mul(4) > paid)
    }

    /// How many users have it without a license in force: their subscription is suspended or gone.
    pub fn excess(&self) -> i64 {
        self.assigned.saturating_sub(self.bought).max(0)
    }
}

/// A license of a user, with what is turned off in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct License {
    pub offer: OfferId,
    /// Service plans, by name.
    pub plans_off: Vec<String>,
}

/// What is wanted of one product for each of some users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub offer: OfferId,
    /// Whether who has no license gets one. Otherwise only the service plans of those who have one are changed.
    pub is_given: bool,
    /// Service plans to be turned on, by name; all others stay as they are, or on in a new license.
    pub on: Vec<String>,
    /// Service plans to be turned off.
    pub off: Vec<String>,
}

impl Wanted {
    /// A license with everything in it.
    pub fn whole(offer: OfferId) -> Self {
        Self { offer, is_given: true, on: Vec::new(), off: Vec::new() }
    }

    /// What is turned off afterwards, in the order of the product.
    fn plans_off(&self, before: &[String], plans: &[String]) -> Vec<String> {
        let is_in = |list: &[String], plan: &String| list.iter().any(|one| is_same(one, plan));
        let is_off =
            |plan: &&String| (is_in(before, plan) || is_in(&self.off, plan)) && !is_in(&self.on, plan);
        plans.iter().filter(is_off).cloned().collect()
    }
}

/// Whether two names are of one service plan, in whatever letter case.
fn is_same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

/// What is wanted for each of some users.
#[derive(Clone, Debug, Default)]
pub struct Deal {
    pub give: Vec<Wanted>,
    pub take: Vec<OfferId>,
}

impl Deal {
    pub fn is_empty(&self) -> bool {
        self.give.is_empty() && self.take.is_empty()
    }

    /// Whether anybody may have more by it than before.
    pub fn gives(&self) -> bool {
        self.give.iter().any(|wanted| wanted.is_given || !wanted.on.is_empty())
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// It is not bought any more, since the page was shown.
    Gone,
    /// Nobody knows in which country the user uses it.
    NoLocation,
    NotServed {
        product: String,
    },
    NoneLeft {
        product: String,
        /// Whether there are some that are suspended.
        has_suspended: bool,
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
