//! What browsers send: filters, a product as typed, a purchase.

mod product;
mod purchase;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use product::{ProductForm, field as product_field};
pub use purchase::PurchaseForm;

use super::model::State;
use super::store::list::{Selection, Standing};
use crate::catalog::model::amount::parse_amount;
use crate::values::currency::Currency;
use crate::values::id::CustomerId;
use crate::values::money::Money;
use crate::values::name::sort_name;
use crate::values::problem::Problem;
use crate::values::typed::{search, typed};

/// What a list of reservations is narrowed to.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ListFilter {
    pub search: String,
    /// `active`, `expiring` or `expired`; everything else for all.
    pub state: String,
}

impl ListFilter {
    /// What the page may show again.
    #[must_use]
    pub fn tidy(self) -> Self {
        let state = if self.standing() == Standing::Any { String::new() } else { self.state };
        Self { search: search(&self.search), state }
    }

    /// What the list holds on a day: of a customer, or of all.
    pub fn selection(&self, customer: Option<CustomerId>, today: NaiveDate) -> Selection {
        Selection { customer, needle: sort_name(&self.search), standing: self.standing(), today }
    }

    fn standing(&self) -> Standing {
        match self.state.as_str() {
            "active" => Standing::Only(State::Active),
            "expired" => Standing::Only(State::Expired),
            "expiring" => Standing::Expiring,
            _ => Standing::Any,
        }
    }

    pub fn is_set(&self) -> bool {
        !self.search.is_empty() || !self.state.is_empty()
    }
}

/// How much a customer may spend by itself in a month.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PermissionForm {
    #[serde(deserialize_with = "typed")]
    pub limit: String,
    /// The limit that held when the page was read; empty where there was none.
    pub seen: String,
    /// `yes` once somebody has read what it does.
    pub confirmed: String,
}

impl PermissionForm {
    /// # Errors
    /// What is wrong with the limit.
    pub fn parse(&self, currency: Currency) -> Result<Money, Problem> {
        amount(&self.limit, currency)
    }
}

/// An amount of more than nothing.
fn amount(typed: &str, currency: Currency) -> Result<Money, Problem> {
    if typed.trim().is_empty() {
        return Err(Problem::Missing);
    }
    match parse_amount(typed, currency)? {
        0 => Err(Problem::Below { minimum: 1 }),
        minor => Ok(Money::new(minor, currency)),
    }
}
