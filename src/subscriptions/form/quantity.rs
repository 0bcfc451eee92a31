//! How many, of what is there and of what a trial becomes.

use serde::Deserialize;

use crate::catalog::model::Billing;
use crate::subscriptions::model::Subscription;
use crate::subscriptions::model::conversion::Conversion;
use crate::subscriptions::model::purchase::Wanted;
use crate::subscriptions::store::quantity::{Wanted as NewQuantity, When};
use crate::subscriptions::wrong::Wrong;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;
use crate::values::typed::typed;
use crate::web::Problems;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct QuantityForm {
    #[serde(deserialize_with = "typed")]
    pub quantity: String,
    /// The quantity once more, where it is unusual.
    #[serde(deserialize_with = "typed")]
    pub again: String,
    /// `renewal` for the day on which the next term begins; at once otherwise.
    pub when: String,
    /// `yes` once somebody has read what the change costs.
    pub confirmed: String,
    pub version: String,
}

impl QuantityForm {
    pub fn parse(&self, (minimum, maximum): (i64, i64)) -> Result<NewQuantity, Problems> {
        let mut problems = Problems::default();
        let quantity = problems.field("quantity", Quantity::parse(&self.quantity, minimum, maximum));
        let when = match self.when.as_str() {
            "" | "now" => Ok(When::AtOnce),
            "renewal" => Ok(When::AtRenewal),
            _ => Err(Problem::UnknownChoice),
        };
        let when = problems.field("when", when);
        problems.or(|| Some(NewQuantity { quantity: quantity?, when: when? }))
    }

    pub fn is_confirmed(&self) -> bool {
        self.confirmed == "yes"
    }

    /// Whether the quantity was typed a second time.
    pub fn repeats(&self, quantity: Quantity) -> Result<(), Problems> {
        repeats(&self.again, quantity)
    }
}

/// Whether a quantity was typed a second time, in any spelling of it.
///
/// # Errors
/// What is wrong with the field `again`.
pub fn repeats(again: &str, quantity: Quantity) -> Result<(), Problems> {
    let again = match Quantity::parse(again, i64::MIN, i64::MAX) {
        Ok(again) if again == quantity => Ok(()),
        Ok(_) => Err(Problem::NotTheSame),
        Err(problem) => Err(problem),
    };
    again.map_err(|problem| ("again", problem).into())
}

/// How a trial is to become a paid subscription.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConversionForm {
    #[serde(deserialize_with = "typed")]
    pub quantity: String,
    /// `monthly` or `annual`.
    pub billing: String,
    /// The quantity once more, where it is unusual.
    #[serde(deserialize_with = "typed")]
    pub again: String,
    /// `yes` once somebody has read what it costs.
    pub confirmed: String,
    /// [`Wanted::mark`]
    pub mark: String,
    pub version: String,
}

impl ConversionForm {
    /// What the form of a trial begins with.
    pub fn of(trial: &Subscription, conversion: &Conversion) -> Self {
        Self {
            quantity: conversion.usual_quantity(trial).to_string(),
            billing: conversion.offer().billings().first().map_or("", |billing| billing.as_text()).to_owned(),
            version: trial.version.to_string(),
            ..Self::default()
        }
    }

    pub fn is_confirmed(&self) -> bool {
        self.confirmed == "yes"
    }

    /// Whether the quantity was typed a second time.
    pub fn repeats(&self, quantity: Quantity) -> Result<(), Problems> {
        repeats(&self.again, quantity)
    }

    pub fn parse(&self, conversion: &Conversion) -> Result<Wanted, Problems> {
        let (minimum, maximum) = conversion.bounds();
        let mut problems = Problems::default();
        let quantity = Quantity::parse(&self.quantity, minimum, maximum);
        let quantity = quantity.and_then(|quantity| match conversion.left_without(quantity) {
            0 => Ok(quantity),
            excess => Err(Wrong::BelowAssigned { excess, is_open: true }.into()),
        });
        let quantity = problems.field("quantity", quantity);
        let offered = conversion.offer().billings();
        let billing = match Billing::from_text(&self.billing) {
            Some(billing) if offered.contains(&billing) => Ok(billing),
            Some(_) => Err(Problem::UnknownChoice),
            None if self.billing.is_empty() => Err(Problem::NotChosen),
            None => Err(Problem::UnknownChoice),
        };
        let billing = problems.field("billing", billing);
        problems.or(|| Some(Wanted { quantity: quantity?, billing: billing? }))
    }
}
