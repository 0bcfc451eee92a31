//! The draft of a request: whom it asks, and the letter with the link in it.

use serde::Deserialize;

use crate::language::Language;
use crate::links::form::{Then, TypedLetter, begins_in};
use crate::links::model::{DraftText, Personal};
use crate::partnerships::model::Drafted;
use crate::values::email::Email;
use crate::values::typed::typed;
use crate::web::{Problems, version};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DraftForm {
    /// What a request that is not made yet will be known by, with what only the portal can have made.
    #[serde(deserialize_with = "typed")]
    pub id: String,
    #[serde(deserialize_with = "typed")]
    pub seal: String,
    #[serde(deserialize_with = "typed")]
    pub email: String,
    #[serde(flatten)]
    pub letter: TypedLetter,
    /// `yes` where only the addressee may accept.
    #[serde(deserialize_with = "typed")]
    pub addressee_only: String,
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
            addressee_only: if drafted.addressee_only { "yes" } else { "" }.to_owned(),
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
        let text = self.letter.parse(&mut problems, personal);
        let addressee_only = self.is_addressee_only();
        problems.or(|| Some(Drafted { to: to?, text: text?, addressee_only }))
    }

    /// The language in which the letter begins again.
    pub fn begins_in(&self) -> Option<Language> {
        begins_in(&self.then)
    }

    pub fn is_addressee_only(&self) -> bool {
        self.addressee_only == "yes"
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
