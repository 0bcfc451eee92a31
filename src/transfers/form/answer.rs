//! The customer's answer, as it is sent.

use serde::Deserialize;

use super::LONGEST_REASON;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::typed;
use crate::web::Problems;

/// Yes or no, of somebody who is signed in or has the mailed link.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct OwnAnswerForm {
    /// `yes` or `no`: which button was pressed.
    pub answer: String,
    /// Who consents, by the link.
    #[serde(deserialize_with = "typed")]
    pub name: String,
    #[serde(deserialize_with = "typed")]
    pub consent: String,
    /// Who refuses, by the link.
    #[serde(deserialize_with = "typed")]
    pub refusing_name: String,
    #[serde(deserialize_with = "typed")]
    pub reason: String,
}

/// What the customer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub is_yes: bool,
    /// Empty where the portal knows who it is.
    pub name: String,
    pub reason: String,
}

impl OwnAnswerForm {
    /// The answer; by the link with a name.
    ///
    /// # Errors
    /// What is wrong with its fields.
    pub fn parse(&self, by_link: bool) -> Result<Answered, Problems> {
        let mut problems = Problems::default();
        let is_yes = self.answer != "no";
        let (field, typed) =
            if is_yes { ("name", &self.name) } else { ("refusing_name", &self.refusing_name) };
        let name = match by_link {
            true => problems.field(field, name::required(typed, name::PERSON)),
            false => Some(String::new()),
        };
        if is_yes && self.consent != "yes" {
            problems.on("consent", Problem::NotConfirmed);
        }
        let reason = match is_yes {
            true => Some(String::new()),
            false => problems.field("reason", name::paragraphs(&self.reason, LONGEST_REASON)),
        };
        problems.or(|| Some(Answered { is_yes, name: name?, reason: reason? }))
    }

    /// Whether it is the refusal that has to be mended.
    pub fn is_refusing(&self) -> bool {
        self.answer == "no"
    }
}
