//! The fields of an address, wherever one is typed. `templates/kit/address.html` draws them.

use serde::{Deserialize, Serialize};

use super::problems::Problems;
use crate::values::address::Address;
use crate::values::country::{self, Country};
use crate::values::problem::Problem;
use crate::values::typed::printable_line;

/// An address as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressForm {
    pub line_1: String,
    pub line_2: String,
    pub city: String,
    pub state: String,
    pub postal_code: String,
}

impl AddressForm {
    /// What was typed into the parts of an address, in the order of the page.
    pub fn typed(parts: [&str; 5]) -> Self {
        let [line_1, line_2, city, state, postal_code] = parts.map(str::to_owned);
        Self { line_1, line_2, city, state, postal_code }
    }

    pub fn of(address: &Address) -> Self {
        let Address { line_1, line_2, city, state, postal_code } = address;
        Self::typed([line_1, line_2, city, state, postal_code])
    }

    /// The address that was typed, by the rules of its country. Without a country there is none to hold the parts
    /// against that depend on it.
    pub fn parse(&self, country: Option<Country>, problems: &mut Problems) -> Option<Address> {
        let line_1 = problems.field("line_1", country::address_line(&self.line_1));
        let line_2 = problems.field("line_2", country::second_address_line(&self.line_2));
        let city = ruled("city", &self.city, country, Country::check_city, problems);
        let state = ruled("state", &self.state, country, Country::check_state, problems);
        let postal_code =
            ruled("postal_code", &self.postal_code, country, Country::check_postal_code, problems);
        Some(Address {
            line_1: line_1?,
            line_2: line_2?.unwrap_or_default(),
            city: city?,
            state: state?,
            postal_code: postal_code?,
        })
    }

    /// The state as the closed list of the country has it.
    pub fn state_in(&self, country: &Country) -> String {
        state_in(*country, &self.state)
    }

    /// The same without characters that nobody types and no page may hold.
    #[must_use]
    pub fn printable(mut self) -> Self {
        for part in
            [&mut self.line_1, &mut self.line_2, &mut self.city, &mut self.state, &mut self.postal_code]
        {
            *part = printable_line(part);
        }
        self
    }
}

/// A field for which the country has a rule.
pub fn ruled(
    field: &str,
    typed: &str,
    country: Option<Country>,
    check: fn(Country, &str) -> Result<Option<String>, Problem>,
    problems: &mut Problems,
) -> Option<String> {
    problems.field(field, check(country?, typed)).map(Option::unwrap_or_default)
}

/// The state as the closed list of the country has it, whether its code or its name was typed.
pub fn state_in(country: Country, typed: &str) -> String {
    match country.check_state(typed) {
        Ok(Some(state)) => state,
        _ => typed.to_owned(),
    }
}

/// What the state is called, whether its code or its name was typed.
pub fn state_name_in(country: Country, typed: &str) -> String {
    country.state_name(&state_in(country, typed)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form(city: &str, state: &str, postal_code: &str) -> AddressForm {
        AddressForm {
            line_1: "12 Mill Lane".to_owned(),
            line_2: String::new(),
            city: city.to_owned(),
            state: state.to_owned(),
            postal_code: postal_code.to_owned(),
        }
    }

    #[test]
    fn the_country_decides_what_an_address_needs() {
        let mut problems = Problems::default();
        let us = Country::parse("US").ok();
        assert_eq!(form("Redmond", "", "x").parse(us, &mut problems), None);
        assert_eq!(problems.at("state"), Some(&Problem::NotChosen));
        assert!(problems.at("postal_code").is_some());
        let mut problems = Problems::default();
        let parsed = form("Redmond", "washington", "98052").parse(us, &mut problems).unwrap();
        assert_eq!((parsed.state.as_str(), problems.is_empty()), ("WA", true));
    }

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>(), country in prop::sample::select(vec!["DE", "US", "JP", "SG"])) {
            let form = AddressForm { line_1: typed.clone(), ..form(&typed, &typed, &typed) }.printable();
            let mut problems = Problems::default();
            let parsed = form.parse(Country::parse(country).ok(), &mut problems);
            prop_assert_eq!(parsed.is_some(), problems.is_empty());
        }
    }
}
