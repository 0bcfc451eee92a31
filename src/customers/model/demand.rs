//! What the rules of a country ask of an account beyond what it holds: rules grow stricter, and accounts grow old.

use super::Account;
use crate::text_enum;
use crate::values::country::Country;

text_enum! {
    /// What some countries demand of companies.
    pub enum Demanded {
        Registration = "registration",
        Phone = "phone",
    }
}

impl Demanded {
    /// The field that it is typed into.
    pub fn field(self) -> &'static str {
        self.as_text()
    }

    /// Whether a country demands it.
    pub fn is_demanded_in(self, country: Country) -> bool {
        match self {
            Self::Registration => country.registration().demand().is_required(),
            Self::Phone => country.phone().demand().is_required(),
        }
    }

    /// What a country demands that an account with these does not hold.
    pub fn lacking(country: Country, registration_id: &str, phone: &str) -> Vec<Self> {
        let held = |demanded| match demanded {
            Self::Registration => registration_id,
            Self::Phone => phone,
        };
        let lacks = |demanded: &Self| demanded.is_demanded_in(country) && held(*demanded).is_empty();
        Self::ALL.iter().copied().filter(lacks).collect()
    }
}

impl Account {
    /// What its country demands and it does not hold. Until that is filled in, nothing new is bought for it.
    pub fn lacks(&self) -> Vec<Demanded> {
        Demanded::lacking(self.country, &self.registration_id, &self.phone)
    }
}

/// What the rules about a customer's subscriptions ask of its account.
#[derive(Clone, Copy, Debug)]
pub struct Readiness {
    /// Whether it has accepted the customer agreement.
    pub is_accepted: bool,
    /// Whether the account holds all that its country demands.
    pub is_complete: bool,
    /// Whether the provider's relationship with it lasts.
    pub is_lasting: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_country_demands_is_lacking() {
        let lacking =
            |code, registration, phone| Demanded::lacking(Country::parse(code).unwrap(), registration, phone);
        for free in ["DE", "JP", "US"] {
            assert_eq!(lacking(free, "", ""), [], "{free}");
        }
        for strict in ["BR", "RU", "PL"] {
            assert_eq!(lacking(strict, "", ""), [Demanded::Registration, Demanded::Phone], "{strict}");
            assert_eq!(lacking(strict, "1", ""), [Demanded::Phone], "{strict}");
            assert_eq!(lacking(strict, "1", "2"), [], "{strict}");
        }
    }
}
