//! The number under which a company is entered in its country's register.

use super::Demand;
use crate::values::country::text::plain;
use crate::values::problem::Problem;

const MAXIMUM: usize = 30;

/// Whether a country wants a company's registration ID, and what one looks like.
#[derive(Debug)]
pub struct RegistrationRule {
    demand: Demand,
    digits: String,
    known_as: String,
}

impl RegistrationRule {
    pub(in crate::values::country) fn new(demand: Demand, digits: String, known_as: String) -> Self {
        Self { demand, digits, known_as }
    }

    /// Whether the ID must be given.
    #[must_use]
    pub const fn demand(&self) -> Demand {
        self.demand
    }

    /// The allowed counts of digits, such as `9, 10, 12`, where the ID is all digits.
    #[must_use]
    pub fn digits(&self) -> Option<&str> {
        Some(self.digits.as_str()).filter(|digits| !digits.is_empty())
    }

    /// What the ID is called at home, such as `INN`, where that is widely known.
    #[must_use]
    pub fn known_as(&self) -> Option<&str> {
        Some(self.known_as.as_str()).filter(|name| !name.is_empty())
    }

    pub(in crate::values::country) fn check(&'static self, text: &str) -> Result<Option<String>, Problem> {
        let typed = plain(text).to_ascii_uppercase();
        let Some(id) = self.demand.met_by(typed, MAXIMUM)? else {
            return Ok(None);
        };
        match self.digits() {
            Some(allowed) if !has_digits(&id, allowed) => Err(Problem::DigitsCount { allowed }),
            None if !id.chars().all(|sign| sign.is_ascii_alphanumeric()) => {
                Err(Problem::OnlyLettersAndDigits)
            }
            _ => Ok(Some(id)),
        }
    }
}

fn has_digits(id: &str, allowed: &str) -> bool {
    let count = id.len().to_string();
    id.chars().all(|sign| sign.is_ascii_digit()) && allowed.split(',').any(|allowed| allowed.trim() == count)
}
