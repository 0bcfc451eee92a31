//! What only this area finds wrong.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/subscriptions/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "subscriptions/wrong.txt")]
pub enum Wrong {
    /// Users have more licenses than would be left.
    BelowAssigned {
        /// So many users would have to lose theirs.
        excess: i64,
        /// Whether the viewer sees the customer's users. Who manages the subscription alone is told no more than this.
        is_open: bool,
    },
    /// The customer has as many of this offer with this reseller as it can have, such as this one.
    HeldWithReseller { name: String },
    /// The provider does not let this reseller be named on the offer.
    ClosedToReseller { offer: String },
}

impl Worded for Wrong {}
