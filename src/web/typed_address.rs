//! The address fields that many forms have, held against the rules of the country that was chosen.

use super::problems::Problems;
use crate::values::country::{self, Address, Country};
use crate::values::problem::Problem;

/// An address as typed. `templates/kit/address.html` draws its fields.
#[derive(Clone, Copy, Debug)]
pub struct TypedAddress<'a> {
    pub line_1: &'a str,
    pub line_2: &'a str,
    pub city: &'a str,
    pub state: &'a str,
    pub postal_code: &'a str,
}

impl TypedAddress<'_> {
    /// The names of the fields in the order of the page.
    pub const FIELDS: [&'static str; 5] = ["line_1", "line_2", "city", "state", "postal_code"];

    /// The address, or none with what is wrong noted at its fields. Without a country only the lines can be checked.
    pub fn parse(&self, country: Option<Country>, problems: &mut Problems) -> Option<Address> {
        let line_1 = problems.field("line_1", country::address_line(self.line_1));
        let line_2 = problems.field("line_2", country::second_address_line(self.line_2));
        let city = ruled("city", self.city, country, Country::check_city, problems);
        let state = ruled("state", self.state, country, Country::check_state, problems);
        let postal_code =
            ruled("postal_code", self.postal_code, country, Country::check_postal_code, problems);
        Some(Address {
            country: country?,
            line_1: line_1?,
            line_2: line_2?.unwrap_or_default(),
            city: city?,
            state: state?,
            postal_code: postal_code?,
        })
    }

    /// The state as the closed list of the country has it, whether its code or its name was typed.
    pub fn state_in(&self, country: &Country) -> String {
        match country.check_state(self.state) {
            Ok(Some(state)) => state,
            _ => self.state.to_owned(),
        }
    }
}

/// A field for which the country has a rule; without a country there is none to hold it against.
pub fn ruled(
    field: &str,
    typed: &str,
    country: Option<Country>,
    check: fn(Country, &str) -> Result<Option<String>, Problem>,
    problems: &mut Problems,
) -> Option<String> {
    let checked = check(country?, typed);
    problems.field(field, checked).map(Option::unwrap_or_default)
}
