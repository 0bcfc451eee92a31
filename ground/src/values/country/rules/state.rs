//! States and provinces (ISO 3166-2).

use super::Demand;
use crate::values::folding::folded;
use crate::values::name::line;
use crate::values::problem::Problem;

const MAXIMUM: usize = 100;

/// A state or province of a country that has a closed list of them.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    code: String,
    name: String,
}

impl State {
    pub(in crate::values::country) fn new(code: &str, name: &str) -> Self {
        Self { code: code.to_owned(), name: name.to_owned() }
    }

    /// The part of the ISO 3166-2 code behind the country: `WA` of `US-WA`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The English name, or the local one where English has none.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn is_called(&self, text: &str) -> bool {
        self.code.eq_ignore_ascii_case(text) || folded(&self.name) == folded(text)
    }
}

/// Whether addresses of a country name a state, and from which list.
#[derive(Debug)]
pub struct StateRule {
    demand: Demand,
    choices: Vec<State>,
}

impl StateRule {
    pub(in crate::values::country) fn new(demand: Demand, choices: Vec<State>) -> Self {
        Self { demand, choices }
    }

    /// Whether a state must be given.
    #[must_use]
    pub const fn demand(&self) -> Demand {
        self.demand
    }

    /// The states to choose from, by name; empty where any text will do.
    #[must_use]
    pub fn choices(&self) -> &[State] {
        &self.choices
    }

    /// Whether only the choices are accepted.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        !self.choices.is_empty()
    }

    pub(in crate::values::country) fn check(&self, text: &str) -> Result<Option<String>, Problem> {
        let Some(state) = self.demand.met_by(line(text), MAXIMUM).map_err(|problem| self.asked(problem))?
        else {
            return Ok(None);
        };
        if !self.is_closed() {
            return Ok(Some(state));
        }
        self.choices
            .iter()
            .find(|choice| choice.is_called(&state))
            .map(|choice| Some(choice.code.clone()))
            .ok_or(Problem::UnknownChoice)
    }

    /// An empty state is chosen where there is a list, typed elsewhere.
    fn asked(&self, problem: Problem) -> Problem {
        if problem == Problem::Missing && self.is_closed() { Problem::NotChosen } else { problem }
    }
}
