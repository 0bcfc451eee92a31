//! Special qualifications: what a provider can give a customer itself, and what that takes.

use super::AccountForm;
use crate::catalog::model::Qualification;
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::name;
use crate::values::plain::plain;
use crate::values::problem::Problem;
use crate::values::unseen::is_visible;
use crate::values::website;

/// The longest validation code. Its form is the vendor's own.
pub const VALIDATION_CODE: usize = 100;

/// Where public authorities can join the Government Community Cloud.
const GOVERNMENT_CLOUD: &str = "US";

/// What can be asked for a customer in this country. Charities apply for their status themselves.
pub fn qualifications(country: Country) -> Vec<Qualification> {
    let mut choices = vec![Qualification::None, Qualification::Education];
    if country.code() == GOVERNMENT_CLOUD {
        choices.push(Qualification::Government);
    }
    choices
}

/// What counts from the first day: a school does not before it was reviewed.
pub(super) fn counts_at_once(chosen: Qualification) -> Qualification {
    if chosen == Qualification::Education { Qualification::None } else { chosen }
}

impl AccountForm {
    /// The chosen qualification; without a country nobody can tell whether it is offered there.
    pub(super) fn qualification_in(&self, country: Option<Country>) -> Result<Qualification, Problem> {
        let chosen = match self.qualification.as_str() {
            "" => Qualification::None,
            text => Qualification::from_text(text).ok_or(Problem::UnknownChoice)?,
        };
        let is_offered = match country {
            Some(country) => qualifications(country).contains(&chosen),
            None => chosen != Qualification::Nonprofit,
        };
        if is_offered { Ok(chosen) } else { Err(Problem::UnknownChoice) }
    }

    /// The domain of the institution that is to count as a school; what was typed for another choice stays in the form
    /// only. Where none was typed it is that of the mailbox, which is no free one then.
    pub(super) fn website_for(&self, chosen: Option<Qualification>) -> Result<Option<String>, Problem> {
        match chosen {
            Some(Qualification::Education) if is_visible(&self.website) => {
                website::domain(&self.website).map(Some)
            }
            Some(Qualification::Education) => {
                Ok(Email::parse(&self.email).ok().map(|email| email.domain().to_owned()))
            }
            _ => Ok(None),
        }
    }

    /// As what a school is to be reviewed, in a form that is right: the domain of its website. None for others.
    pub fn school(&self) -> Option<String> {
        let chosen = Qualification::from_text(&self.qualification);
        self.website_for(chosen).ok().flatten()
    }

    /// The code that the Government Community Cloud takes; what was typed for another choice stays in the form only.
    pub(super) fn validation_code_for(&self, chosen: Option<Qualification>) -> Result<String, Problem> {
        match chosen {
            Some(Qualification::Government) => name::required(&plain(&self.validation_code), VALIDATION_CODE),
            _ => Ok(String::new()),
        }
    }
}
