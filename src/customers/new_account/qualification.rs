//! Special qualifications: what a provider can give a customer itself, and what that takes.

use super::AccountForm;
use crate::catalog::model::Qualification;
use crate::values::country::Country;
use crate::values::name;
use crate::values::plain::plain;
use crate::values::problem::Problem;

/// The longest validation code. Its form is the vendor's own.
pub const VALIDATION_CODE: usize = 100;

/// Where public authorities can join the Government Community Cloud.
const GOVERNMENT_CLOUD: &str = "US";

/// What can be chosen for a customer in this country. Charities apply for their status themselves.
pub fn qualifications(country: Country) -> Vec<Qualification> {
    let mut choices = vec![Qualification::None, Qualification::Education];
    if country.code() == GOVERNMENT_CLOUD {
        choices.push(Qualification::Government);
    }
    choices
}

impl AccountForm {
    /// The chosen qualification; without a country nobody can tell whether it is offered there.
    pub(super) fn qualification_in(&self, country: Option<Country>) -> Result<Qualification, Problem> {
        let chosen = match self.qualification.as_str() {
            "" => Qualification::None,
            text => Qualification::from_text(text).ok_or(Problem::UnknownChoice)?,
        };
        let is_offered = match country {
            Some(country) => qualifications(country).contains(&chosen),
            None => chosen != Qualification::Nonprofit,
        };
        if is_offered { Ok(chosen) } else { Err(Problem::UnknownChoice) }
    }

    /// The code that the Government Community Cloud takes; what was typed for another choice stays in the form only.
    pub(super) fn validation_code_for(&self, chosen: Option<Qualification>) -> Result<String, Problem> {
        match chosen {
            Some(Qualification::Government) => name::required(&plain(&self.validation_code), VALIDATION_CODE),
            _ => Ok(String::new()),
        }
    }
}
