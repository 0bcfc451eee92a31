//! What only this area finds wrong: with offers, with files of them, and with quantities that offers do not allow.

use askama::Template;

use super::model::Unit;
use crate::language::filters;
use crate::values::problem::{Problem, Worded};
use crate::values::quantity::Quantity;

/// Nobody reads more of a number that is too long.
const LONGEST_SHOWN: usize = 24;

/// `templates/catalog/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "catalog/wrong.txt")]
pub enum Wrong {
    /// A word where only some have a meaning: those that the database keeps.
    NotOneOf {
        entered: String,
        choices: String,
    },
    /// Other fields leave only this.
    MustBe {
        word: &'static str,
    },
    UnknownCountry {
        entered: String,
    },
    /// One of two prices in a currency, where the offer is billed both ways.
    OtherPriceMissing,
    /// A retail price where there is no list price.
    ListPriceMissing,
    /// Another price of a license that is not announced early enough.
    NoticeTooShort {
        earliest: String,
    },
    ValidFromPast {
        today: String,
    },
    ValidFromTooFar {
        latest: String,
    },
    /// Announced prices know nothing of another way of billing.
    PricesAnnounced,
    /// A price and how the offer is billed are not changed at once.
    PriceWithBilling,
    UnknownOffer {
        code: String,
    },
    /// What follows an offer is a trial or an add-on itself.
    NotConvertible {
        code: String,
    },
    /// What a trial converts to is to be no offer any more.
    ConvertedTo {
        trial: String,
    },
    /// An offer that is upgraded to is to be no offer any more.
    UpgradedTo {
        offer: String,
    },
    /// A subscription is not replaced by one of the same offer.
    UpgradesToItself,
    /// An add-on that needs itself.
    PrerequisiteCircle,
    TooManyServicePlans {
        maximum: usize,
    },
    /// Of a file: the same offer stands above.
    AlreadyInLine {
        line: u64,
    },
    /// Of a file: a row that is not as long as the heads.
    CellCount {
        found: usize,
        expected: usize,
    },
    FewerThanOffered {
        minimum: Quantity,
        unit: Unit,
        entered: String,
    },
    MoreThanOffered {
        maximum: Quantity,
        unit: Unit,
        entered: String,
    },
}

impl Worded for Wrong {}

/// What is wrong with a quantity, where an offer sets the bounds for what was typed.
pub fn of_offer(problem: Problem, unit: Unit, typed: &str) -> Problem {
    let entered = || typed.trim().chars().take(LONGEST_SHOWN).collect();
    match problem {
        Problem::Below { minimum } => {
            Wrong::FewerThanOffered { minimum: Quantity::of(minimum), unit, entered: entered() }.into()
        }
        Problem::Above { maximum } => {
            Wrong::MoreThanOffered { maximum: Quantity::of(maximum), unit, entered: entered() }.into()
        }
        other => other,
    }
}
