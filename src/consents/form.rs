//! What the browser sends.

use serde::Deserialize;

use crate::agreements::store::requests::{Answer, Verdict};
use crate::customers::model::Account;
use crate::language::Language;
use crate::links::form::{TypedLetter, begins_in};
use crate::links::model::{DraftText, Personal};
use crate::values::id::CustomerAgreementId;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::typed;
use crate::web::Problems;

const LONGEST_REASON: usize = 500;

/// The draft of the letter, with the link in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct LetterForm {
    #[serde(flatten)]
    pub letter: TypedLetter,
    #[serde(deserialize_with = "typed")]
    pub version: String,
    /// `done` closes the draft after keeping it, `next` goes on and keeps the link at hand, `link` puts the link back
    /// before, `in:…` begins the letter again in a language.
    #[serde(deserialize_with = "typed")]
    pub then: String,
}

impl LetterForm {
    /// What is kept of a letter, filled with what is personal.
    pub fn of(kept: &DraftText, personal: &Personal, version: i32) -> Self {
        let letter = TypedLetter::of(kept, personal);
        Self { letter, version: version.to_string(), then: String::new() }
    }

    /// The language in which the letter begins again.
    pub fn begins_in(&self) -> Option<Language> {
        begins_in(&self.then)
    }

    /// The letter as it may be kept.
    pub fn parse(&self, personal: &Personal) -> Result<DraftText, Problems> {
        let mut problems = Problems::default();
        let letter = self.letter.parse(&mut problems, personal);
        problems.or(|| letter)
    }
}

/// Yes to the customer agreement: behind the link, or by somebody of the customer who is signed in.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AcceptanceForm {
    #[serde(deserialize_with = "typed")]
    pub first_name: String,
    #[serde(deserialize_with = "typed")]
    pub last_name: String,
    #[serde(deserialize_with = "typed")]
    pub consent: String,
    /// The text that the page showed; empty where none is published.
    #[serde(deserialize_with = "typed")]
    pub agreement: String,
}

/// Who accepts which text; none where none is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepting {
    pub first_name: String,
    pub last_name: String,
    pub agreement: Option<CustomerAgreementId>,
}

impl Accepting {
    /// The same as the answer to a link.
    pub fn answer(&self) -> Answer {
        Answer {
            first_name: self.first_name.clone(),
            last_name: self.last_name.clone(),
            verdict: Verdict::Accepted(self.agreement),
        }
    }
}

impl AcceptanceForm {
    /// Filled with the primary contact, if that is who is signed in under this name.
    pub fn of(account: &Account, name: &str) -> Self {
        match account.contact() == name {
            true => Self {
                first_name: account.first_name.clone(),
                last_name: account.last_name.clone(),
                ..Self::default()
            },
            false => Self::default(),
        }
    }

    pub fn parse(&self) -> Result<Accepting, Problems> {
        let mut problems = Problems::default();
        let first_name = problems.field("first_name", name::required(&self.first_name, name::PERSON));
        let last_name = problems.field("last_name", name::required(&self.last_name, name::PERSON));
        if self.consent != "yes" {
            problems.on("consent", Problem::NotConfirmed);
        }
        let agreement = CustomerAgreementId::parse(&self.agreement);
        problems.or(|| Some(Accepting { first_name: first_name?, last_name: last_name?, agreement }))
    }
}

/// No, behind the link. Its fields are called otherwise than those of the form beside it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RefusalForm {
    #[serde(deserialize_with = "typed")]
    pub refusing_first_name: String,
    #[serde(deserialize_with = "typed")]
    pub refusing_last_name: String,
    #[serde(deserialize_with = "typed")]
    pub reason: String,
}

impl RefusalForm {
    pub fn parse(&self) -> Result<Answer, Problems> {
        let mut problems = Problems::default();
        let first = name::required(&self.refusing_first_name, name::PERSON);
        let first_name = problems.field("refusing_first_name", first);
        let last = name::required(&self.refusing_last_name, name::PERSON);
        let last_name = problems.field("refusing_last_name", last);
        let reason = problems.field("reason", name::paragraphs(&self.reason, LONGEST_REASON));
        problems.or(|| {
            let verdict = Verdict::Declined(reason?);
            Some(Answer { first_name: first_name?, last_name: last_name?, verdict })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_acceptance_takes_a_name_and_a_tick() {
        let problems = AcceptanceForm::default().parse().unwrap_err();
        assert_eq!(problems.at("first_name"), Some(&Problem::Missing));
        assert_eq!(problems.at("last_name"), Some(&Problem::Missing));
        assert_eq!(problems.at("consent"), Some(&Problem::NotConfirmed));
    }

    #[test]
    fn a_refusal_takes_a_name_and_a_reason() {
        let problems = RefusalForm::default().parse().unwrap_err();
        assert_eq!(problems.len(), 3);
        assert_eq!(problems.at("reason"), Some(&Problem::Missing));
    }

    proptest! {
        #[test]
        fn any_answer_is_read(first in any::<String>(), last in any::<String>(), text in any::<String>()) {
            let yes = AcceptanceForm {
                first_name: first.clone(),
                last_name: last.clone(),
                consent: "yes".to_owned(),
                agreement: text.clone(),
            };
            if let Ok(answer) = yes.parse() {
                prop_assert!(!answer.first_name.is_empty() && !answer.last_name.contains('\0'));
            }
            let no = RefusalForm { refusing_first_name: first, refusing_last_name: last, reason: text };
            if let Ok(Answer { verdict: Verdict::Declined(reason), .. }) = no.parse() {
                prop_assert!(reason.chars().count() <= LONGEST_REASON);
            }
        }
    }
}
