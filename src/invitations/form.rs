//! What the browser sends.

pub mod answer;

use serde::Deserialize;

use super::model::Drafted;
use crate::language::Language;
use crate::links::form::{Then, TypedLetter, begins_in};
use crate::links::model::{DraftText, Personal};
use crate::values::email::Email;
use crate::values::name;
use crate::values::typed::typed;
use crate::web::{Problems, version};

const LONGEST_REASON: usize = 500;

/// The draft of a request: whom it asks for what, and the letter with the link in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DraftForm {
    /// What a request that is not made yet will be known by, with what only the portal can have made.
    #[serde(deserialize_with = "typed")]
    pub id: String,
    #[serde(deserialize_with = "typed")]
    pub seal: String,
    /// Which provider gets the customer, where a reseller asks.
    #[serde(deserialize_with = "typed")]
    pub provider: String,
    #[serde(deserialize_with = "typed")]
    pub email: String,
    #[serde(deserialize_with = "typed")]
    pub name: String,
    /// `yes` where the company is asked to be administered.
    #[serde(deserialize_with = "typed")]
    pub administration: String,
    #[serde(flatten)]
    pub letter: TypedLetter,
    #[serde(deserialize_with = "typed")]
    pub version: String,
    /// The address with which the page pointed out what is to be looked at before sending.
    #[serde(deserialize_with = "typed")]
    pub looked_at: String,
    #[serde(deserialize_with = "typed")]
    pub then: String,
}

impl DraftForm {
    /// What is kept of a draft, filled with what is personal.
    pub fn of(drafted: &Drafted, personal: &Personal, version: i32) -> Self {
        Self {
            email: drafted.to.to_string(),
            name: drafted.to_name.clone(),
            administration: if drafted.includes_administration { "yes" } else { "" }.to_owned(),
            version: version.to_string(),
            looked_at: drafted.to.to_string(),
            ..Self::begun(&drafted.text, personal)
        }
    }

    /// What a new draft begins with.
    pub fn begun(text: &DraftText, personal: &Personal) -> Self {
        Self { letter: TypedLetter::of(text, personal), ..Self::default() }
    }

    /// The draft as it may be kept.
    ///
    /// # Errors
    /// What is wrong with its fields.
    pub fn parse(&self, personal: &Personal) -> Result<Drafted, Problems> {
        let mut problems = Problems::default();
        let to = problems.field("email", Email::parse(&self.email));
        let to_name = problems.field("name", name::optional_name(&self.name, name::PERSON));
        let text = self.letter.parse(&mut problems, personal);
        let includes_administration = self.asks_for_administration();
        problems.or(|| Some(Drafted { to: to?, to_name: to_name?, includes_administration, text: text? }))
    }

    /// The language in which the letter begins again.
    pub fn begins_in(&self) -> Option<Language> {
        begins_in(&self.then)
    }

    pub fn asks_for_administration(&self) -> bool {
        self.administration == "yes"
    }

    /// Which draft was edited; none where it is not made yet. What is no version matches none.
    pub fn version(&self) -> Option<i32> {
        (!self.version.is_empty()).then(|| version::read_or_none(&self.version))
    }

    pub fn looked_at(&self) -> Option<Email> {
        Email::parse(&self.looked_at).ok()
    }

    pub fn then(&self) -> Then {
        Then::of(&self.then)
    }
}

/// The code out of the letter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    #[serde(deserialize_with = "typed")]
    pub code: String,
}

/// No, behind the link.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RefusalForm {
    #[serde(deserialize_with = "typed")]
    pub name: String,
    #[serde(deserialize_with = "typed")]
    pub reason: String,
}

impl RefusalForm {
    /// Who declines, and why.
    ///
    /// # Errors
    /// What is wrong with its fields.
    pub fn parse(&self) -> Result<(String, String), Problems> {
        let mut problems = Problems::default();
        let name = problems.field("name", name::required(&self.name, name::PERSON));
        let reason = problems.field("reason", name::paragraphs(&self.reason, LONGEST_REASON));
        problems.or(|| Some((name?, reason?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::problem::Problem;
    use proptest::prelude::*;

    #[test]
    fn a_refusal_takes_a_name_and_a_reason() {
        let problems = RefusalForm::default().parse().unwrap_err();
        assert_eq!((problems.at("name"), problems.len()), (Some(&Problem::Missing), 2));
    }

    proptest! {
        #[test]
        fn any_refusal_is_read(name in any::<String>(), reason in any::<String>()) {
            if let Ok((name, reason)) = (RefusalForm { name, reason }).parse() {
                prop_assert!(!name.is_empty() && reason.chars().count() <= LONGEST_REASON);
            }
        }
    }
}
