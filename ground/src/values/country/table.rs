//! The embedded tables of countries and states, read once.

use std::sync::LazyLock;

use serde::Deserialize;

use super::region::Region;
use super::rules::{Demand, PhonePlan, PhoneRule, PostalRule, RegistrationRule, State, StateRule};
use crate::values::currency::Currency;

const COUNTRIES: &str = include_str!("countries.csv");
const STATES: &str = include_str!("states.csv");

/// Everything known about one country.
pub(super) struct Row {
    pub code: String,
    pub name: String,
    pub region: Region,
    pub currency: Option<Currency>,
    pub calling_codes: String,
    pub culture: String,
    pub state: StateRule,
    pub city: Demand,
    pub postal: PostalRule,
    pub phone: PhoneRule,
    pub registration: RegistrationRule,
}

/// All countries, in the order in which they are shown.
#[expect(clippy::expect_used, reason = "the tables are part of the program, and a test reads every line")]
pub(super) static ROWS: LazyLock<Vec<Row>> =
    LazyLock::new(|| read().expect("the embedded country tables are well formed"));

fn read() -> Result<Vec<Row>, csv::Error> {
    let states = lines::<StateLine>(STATES)?;
    let countries = lines::<CountryLine>(COUNTRIES)?;
    Ok(countries
        .into_iter()
        .map(|line| {
            let states = states_of(&line.code, &states);
            line.into_row(states)
        })
        .collect())
}

fn lines<Line: for<'a> Deserialize<'a>>(table: &str) -> Result<Vec<Line>, csv::Error> {
    csv::Reader::from_reader(table.as_bytes()).into_deserialize().collect()
}

fn states_of(country: &str, states: &[StateLine]) -> Vec<State> {
    states
        .iter()
        .filter(|line| line.country == country)
        .map(|line| State::new(&line.code, &line.name))
        .collect()
}

#[derive(Deserialize)]
struct StateLine {
    country: String,
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct CountryLine {
    code: String,
    name: String,
    region: Region,
    currency: Option<Currency>,
    calling_codes: String,
    culture: String,
    state: Demand,
    city: Demand,
    postal: Demand,
    postal_pattern: String,
    postal_form: String,
    postal_example: String,
    phone: Demand,
    phone_plan: PhonePlan,
    phone_example: String,
    registration: Demand,
    registration_digits: String,
    registration_known_as: String,
}

impl CountryLine {
    fn into_row(self, states: Vec<State>) -> Row {
        Row {
            state: StateRule::new(self.state, states),
            city: self.city,
            postal: PostalRule::new(
                &self.code,
                self.postal,
                self.postal_pattern,
                self.postal_form,
                self.postal_example,
            ),
            phone: PhoneRule::new(&self.code, self.phone, self.phone_plan, self.phone_example),
            registration: RegistrationRule::new(
                &self.code,
                self.registration,
                self.registration_digits,
                self.registration_known_as,
            ),
            code: self.code,
            name: self.name,
            region: self.region,
            currency: self.currency,
            calling_codes: self.calling_codes,
            culture: self.culture,
        }
    }
}
