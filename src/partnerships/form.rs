//! What the browser sends.

mod draft;

use serde::{Deserialize, Serialize};

use crate::partners::model::Location;
use crate::values::country::Country;
use crate::values::id::LocationId;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::typed;
use crate::web::Problems;

pub use crate::links::form::{RequestFilter, Then};
pub use draft::DraftForm;

const LONGEST_REASON: usize = 500;

#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ResellerFilter {
    #[serde(deserialize_with = "typed")]
    pub search: String,
    #[serde(deserialize_with = "typed")]
    pub country: String,
}

impl ResellerFilter {
    /// What the list is searched for, in lower case; too long a search is cut.
    pub fn needle(&self) -> String {
        crate::links::form::needle(&self.search)
    }

    pub fn country(&self) -> Option<Country> {
        Country::parse(&self.country).ok()
    }

    pub fn is_set(&self) -> bool {
        !self.needle().is_empty() || self.country().is_some()
    }
}

/// What Eligibility is narrowed to.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct BoardFilter {
    /// `yes` for those who lack something.
    #[serde(deserialize_with = "typed")]
    missing: String,
}

impl BoardFilter {
    pub fn is_set(&self) -> bool {
        self.missing == "yes"
    }

    /// Without what the list takes for nothing.
    #[must_use]
    pub fn tidy(self) -> Self {
        if self.is_set() { self } else { Self::default() }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AcceptanceForm {
    #[serde(deserialize_with = "typed")]
    pub consent: String,
    #[serde(deserialize_with = "typed")]
    pub location: String,
    /// From the mailbox of the addressee, where the provider demands that.
    #[serde(deserialize_with = "typed")]
    pub code: String,
}

impl AcceptanceForm {
    /// The location by which the reseller takes part: one of those that it may choose.
    pub fn parse(&self, choices: &[LocationId], needs_code: bool) -> Result<LocationId, Problems> {
        let mut problems = Problems::default();
        let location = problems.field("location", self.location(choices));
        if self.consent != "yes" {
            problems.on("consent", Problem::NotConfirmed);
        }
        if needs_code && self.code.trim().is_empty() {
            problems.on("code", Problem::Missing);
        }
        problems.or(|| location)
    }

    fn location(&self, choices: &[LocationId]) -> Result<LocationId, Problem> {
        if self.location.is_empty() {
            return Err(Problem::NotChosen);
        }
        let id = LocationId::parse(&self.location).ok_or(Problem::UnknownChoice)?;
        if choices.contains(&id) { Ok(id) } else { Err(Problem::UnknownChoice) }
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RefusalForm {
    #[serde(deserialize_with = "typed")]
    pub reason: String,
}

impl RefusalForm {
    pub fn parse(&self) -> Result<String, Problems> {
        name::paragraphs(&self.reason, LONGEST_REASON).map_err(|problem| ("reason", problem).into())
    }
}

/// By which location the reseller takes part.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlaceForm {
    /// The location that the page showed as the present one.
    pub shown: String,
    pub location: String,
}

impl PlaceForm {
    pub fn of(current: &Location) -> Self {
        let id = current.id.to_string();
        Self { shown: id.clone(), location: id }
    }

    pub fn parse(&self) -> Result<LocationId, Problems> {
        let location = match self.location.trim() {
            "" => Err(Problem::NotChosen),
            text => LocationId::parse(text).ok_or(Problem::UnknownChoice),
        };
        location.map_err(|problem| ("location", problem).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consent_and_a_location_of_ones_own_are_needed() {
        let own = LocationId::new();
        let location = LocationId::new().to_string();
        let form = AcceptanceForm { location, ..AcceptanceForm::default() };
        let problems = form.parse(std::slice::from_ref(&own), true).unwrap_err();
        assert_eq!(problems.at("code"), Some(&Problem::Missing));
        assert_eq!(problems.at("location"), Some(&Problem::UnknownChoice));
        assert_eq!(problems.at("consent"), Some(&Problem::NotConfirmed));
        let form = AcceptanceForm {
            consent: "yes".to_owned(),
            location: own.to_string(),
            ..AcceptanceForm::default()
        };
        assert_eq!(form.parse(std::slice::from_ref(&own), false), Ok(own));
    }
}
