//! What the browser sends.

mod details;

use serde::{Deserialize, Serialize};

use super::model::State;
use super::way_back::WayBack;
use crate::values::email::Email;
use crate::values::name;
use crate::values::password::{NewPassword, OwnWords};
use crate::values::problem::Problem;
use crate::values::typed::{printable_line, typed};
use crate::web::Problems;

pub use details::{DetailsForm, FIELDS};

/// The longest name of a person.
pub const NAME: usize = 2 * name::PERSON;
const LONGEST_REASON: usize = 1_000;

/// The first form: who begins.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct StartForm {
    pub name: String,
    pub email: String,
    /// The path of the partnership link that led here.
    pub next: String,
}

impl StartForm {
    /// The same as a page may show it again: without control characters, and with a way back or none.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        self.name = printable_line(&self.name);
        self.email = printable_line(&self.email);
        self.next = self.way_back().map(|way| way.path()).unwrap_or_default();
        self
    }

    pub fn way_back(&self) -> Option<WayBack> {
        WayBack::parse(&self.next)
    }

    /// Name and address.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn parse(&self) -> Result<(String, Email), Problems> {
        let mut problems = Problems::default();
        let name = problems.field("name", name::required(&self.name, NAME));
        let email = problems.field("email", company_email(&self.email));
        problems.or(|| Some((name?, email?)))
    }
}

/// An address that belongs to a company.
pub fn company_email(typed: &str) -> Result<Email, Problem> {
    let email = Email::parse(typed)?;
    if email.is_free() { Err(Problem::FreeMail) } else { Ok(email) }
}

/// The details with what the page adds to them.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct StepForm {
    /// Of the enrolment that the page was drawn from.
    pub version: String,
    /// What the fields held then.
    pub opened: String,
    /// Which button was pressed: `country`, `leave`, or none for Next.
    pub then: String,
    pub password: String,
    pub again: String,
    #[serde(flatten)]
    pub details: DetailsForm,
}

impl StepForm {
    /// The password, when one was typed. None keeps the one that is there.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn password(&self, own: &OwnWords) -> Result<Option<NewPassword>, Problems> {
        if self.password.is_empty() && self.again.is_empty() {
            return Ok(None);
        }
        let mut problems = Problems::default();
        let password = problems.field("password", NewPassword::parse(&self.password, own));
        if self.again != self.password {
            problems.on("again", Problem::NotTheSame);
        }
        problems.or(|| password.map(Some))
    }
}

/// Handing in, and approving: what was read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SeenForm {
    pub version: String,
}

/// Refusing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RefusalForm {
    pub version: String,
    #[serde(deserialize_with = "typed")]
    pub reason: String,
}

impl RefusalForm {
    /// The reason, which the applicant reads.
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
        State::from_text(&self.state).unwrap_or(State::Waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_a_company_begins() {
        let typed = |email: &str| StartForm { email: email.to_owned(), ..StartForm::default() };
        let problems = typed("mia@gmail.com").parse().unwrap_err();
        assert_eq!(problems.at("name"), Some(&Problem::Missing));
        assert_eq!(problems.at("email"), Some(&Problem::FreeMail));
        assert_eq!(typed("mia@acme.example").parse().unwrap_err().at("email"), None);
    }

    #[test]
    fn a_password_is_typed_twice_or_not_at_all() {
        let typed = |password: &str, again: &str| StepForm {
            password: password.to_owned(),
            again: again.to_owned(),
            ..StepForm::default()
        };
        assert!(matches!(typed("", "").password(&OwnWords::default()), Ok(None)));
        assert!(matches!(
            typed("correct horse battery", "correct horse battery").password(&OwnWords::default()),
            Ok(Some(_))
        ));
        for (password, again, field) in
            [("short", "short", "password"), ("correct horse battery", "", "again"), ("", "x", "password")]
        {
            let Err(problems) = typed(password, again).password(&OwnWords::default()) else {
                panic!("{password} was taken")
            };
            assert!(problems.at(field).is_some(), "{password}");
        }
    }
}
