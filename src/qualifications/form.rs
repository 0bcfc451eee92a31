//! What the browser sends.

use serde::{Deserialize, Serialize};

use super::model::State;
use super::store::codes::NewCode;
use crate::catalog::model::Qualification;
use crate::customers::new_account::VALIDATION_CODE;
use crate::error::{Error, Result};
use crate::values::id::{CodeId, OrganisationId, ReviewId};
use crate::values::name;
use crate::values::plain::plain;
use crate::values::problem::Problem;
use crate::values::quantity::Quantity;
use crate::values::typed::{printable_line, typed};
use crate::values::website;
use crate::web::Problems;

/// The longest reason of a denial.
const LONGEST_REASON: usize = 1_000;
/// For so many customers one code can be good.
pub const MOST_OF_A_CODE: i64 = 1_000_000;

/// What is asked for a customer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct QualificationForm {
    /// Chosen by the page, so that sending it twice asks once.
    pub id: String,
    /// How the customer stood when the page was drawn.
    pub mark: String,
    pub qualification: String,
    pub website: String,
    pub validation_code: String,
}

/// The same, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Education { website: String },
    Government { code: String },
}

impl QualificationForm {
    /// The same without characters that nobody types and no page may hold.
    #[must_use]
    pub fn printable(self) -> Self {
        Self {
            website: printable_line(&self.website),
            validation_code: printable_line(&self.validation_code),
            ..self
        }
    }

    /// # Errors
    /// [`Error::BadRequest`] where the page's own id is missing.
    pub fn id(&self) -> Result<ReviewId> {
        ReviewId::parse(&self.id).ok_or(Error::BadRequest("a qualification without an id"))
    }

    /// What is asked for, of what the page offers.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(&self, offered: &[Qualification]) -> Result<Wanted, Problems> {
        let chosen = Qualification::from_text(&self.qualification).filter(|chosen| offered.contains(chosen));
        match chosen {
            Some(Qualification::Education) => website::domain(&self.website)
                .map(|website| Wanted::Education { website })
                .map_err(|problem| ("website", problem).into()),
            Some(Qualification::Government) => name::required(&plain(&self.validation_code), VALIDATION_CODE)
                .map(|code| Wanted::Government { code })
                .map_err(|problem| ("validation_code", problem).into()),
            _ if self.qualification.is_empty() => Err(("qualification", Problem::NotChosen).into()),
            _ => Err(("qualification", Problem::UnknownChoice).into()),
        }
    }
}

/// Going back to None.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EndForm {
    /// How the customer stood when the page was drawn.
    pub mark: String,
}

/// Approving: what was read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SeenForm {
    pub version: String,
}

/// Denying.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DenialForm {
    pub version: String,
    #[serde(deserialize_with = "typed")]
    pub reason: String,
}

impl DenialForm {
    /// The reason, which the provider reads.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(&self) -> Result<String, Problems> {
        name::paragraphs(&self.reason, LONGEST_REASON).map_err(|problem| ("reason", problem).into())
    }
}

/// The filter of the operator's list.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct ListFilter {
    pub state: String,
}

impl ListFilter {
    /// What waits is what somebody has to act on.
    pub fn state(&self) -> State {
        State::from_text(&self.state).unwrap_or(State::InReview)
    }
}

/// A validation code to be issued.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    /// Chosen by the page, so that sending it twice issues once.
    pub id: String,
    pub code: String,
    pub maximum: String,
}

impl CodeForm {
    /// An empty one.
    pub fn begin() -> Self {
        Self { id: CodeId::new().to_string(), ..Self::default() }
    }

    /// The same without characters that nobody types and no page may hold.
    #[must_use]
    pub fn printable(self) -> Self {
        Self { code: printable_line(&self.code), maximum: printable_line(&self.maximum), ..self }
    }

    /// The code that was typed, for a provider.
    ///
    /// # Errors
    /// [`Error::BadRequest`] where the page's own id is missing; what is wrong with what was typed.
    pub fn parse(&self, provider: &OrganisationId) -> Result<Result<NewCode, Problems>> {
        let id = CodeId::parse(&self.id).ok_or(Error::BadRequest("a code without an id"))?;
        let mut problems = Problems::default();
        let code = problems.field("code", name::required(&plain(&self.code), VALIDATION_CODE));
        let maximum = problems.field("maximum", Quantity::parse(&self.maximum, 1, MOST_OF_A_CODE));
        let maximum = maximum.and_then(|maximum| i32::try_from(maximum.get()).ok());
        Ok(problems.or(|| Some(NewCode { id, provider: *provider, code: code?, maximum: maximum? })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOTH: [Qualification; 2] = [Qualification::Education, Qualification::Government];

    fn form(qualification: &str, website: &str, code: &str) -> QualificationForm {
        QualificationForm {
            qualification: qualification.to_owned(),
            website: website.to_owned(),
            validation_code: code.to_owned(),
            ..QualificationForm::default()
        }
    }

    #[test]
    fn each_qualification_asks_for_what_it_needs_and_for_nothing_else() {
        let school = Wanted::Education { website: "juniper.example".to_owned() };
        assert_eq!(form("education", "www.juniper.example", "").parse(&BOTH).unwrap(), school);
        let office = Wanted::Government { code: "GCC-1".to_owned() };
        assert_eq!(form("government", "", " GCC-1 ").parse(&BOTH).unwrap(), office);
        for (form, field, problem) in [
            (form("", "", ""), "qualification", Problem::NotChosen),
            (form("nonprofit", "", ""), "qualification", Problem::UnknownChoice),
            (form("education", " ", "x"), "website", Problem::Missing),
            (form("government", "x", ""), "validation_code", Problem::Missing),
        ] {
            assert_eq!(form.parse(&BOTH).unwrap_err().at(field), Some(&problem), "{form:?}");
        }
        let elsewhere = form("government", "", "GCC-1").parse(&[Qualification::Education]).unwrap_err();
        assert_eq!(elsewhere.at("qualification"), Some(&Problem::UnknownChoice));
    }

    #[test]
    fn a_code_is_good_for_one_customer_at_least() {
        let typed = |maximum: &str| CodeForm {
            code: "GCC-1".to_owned(),
            maximum: maximum.to_owned(),
            ..CodeForm::begin()
        };
        let provider = OrganisationId::new();
        assert_eq!(typed("1,200").parse(&provider).unwrap().unwrap().maximum, 1200);
        for wrong in ["", "0", "-1", "1.5", "1000001"] {
            let problems = typed(wrong).parse(&provider).unwrap().unwrap_err();
            assert!(problems.at("maximum").is_some(), "{wrong}");
        }
        assert!(CodeForm::default().parse(&provider).is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_answered(
            chosen in prop::sample::select(vec!["education", "government", "none", "x"]),
            typed in any::<String>(),
        ) {
            let _ = form(chosen, &typed, &typed).printable().parse(&BOTH);
            let code = CodeForm { code: typed.clone(), maximum: typed, ..CodeForm::begin() };
            if let Ok(new) = code.printable().parse(&OrganisationId::new()).unwrap() {
                prop_assert!(!new.code.is_empty() && new.maximum > 0);
            }
        }
    }
}
