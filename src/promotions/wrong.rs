//! What only this area finds wrong.

use askama::Template;

use crate::language::filters;
use crate::values::problem::Worded;

/// `templates/promotions/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "promotions/wrong.txt")]
pub enum Wrong {
    UnknownOffer {
        code: String,
    },
    /// A trial, or what is billed by usage.
    FreeOffer {
        code: String,
    },
    /// Its first term would last for ever.
    EndlessOffer {
        code: String,
    },
    TooManyOffers {
        maximum: usize,
    },
    /// The first day of a new one.
    StartsInThePast {
        today: String,
    },
    EndsBeforeStart,
    EndsInThePast {
        today: String,
    },
}

impl Worded for Wrong {}
