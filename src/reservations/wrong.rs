//! What only this area finds wrong.

use askama::Template;

use crate::language::filters;
use crate::values::money::Money;
use crate::values::problem::Worded;

/// `templates/reservations/wrong.txt` says what to do about it.
#[derive(Template)]
#[template(path = "reservations/wrong.txt")]
pub enum Wrong {
    /// A product without any price.
    NoPrice,
    /// It costs more than the customer may spend by itself this month.
    OverLimit { left: Money },
    /// It has no price for so many years.
    NotForThisTerm,
}

impl Worded for Wrong {}
