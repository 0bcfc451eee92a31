//! What the browser sends.

use serde::Deserialize;

use crate::values::password::{NewPassword, OwnWords};
use crate::values::problem::Problem;
use crate::web::Problems;

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SignInForm {
    pub email: String,
    pub password: String,
    /// The page to come back to.
    pub next: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct PasswordForm {
    pub current: String,
    pub new: String,
    pub again: String,
}

impl PasswordForm {
    pub fn parse(&self, own: &OwnWords) -> Result<NewPassword, Problems> {
        let mut problems = Problems::default();
        if self.current.is_empty() {
            problems.on("current", Problem::Missing);
        }
        let new = problems.field("new", NewPassword::parse(&self.new, own));
        if !self.new.is_empty() && self.new == self.current {
            problems.on("new", Problem::Unchanged);
        }
        if self.again != self.new {
            problems.on("again", Problem::NotTheSame);
        }
        problems.or(|| new)
    }
}

/// The code of the second factor.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct CodeForm {
    /// Six digits of the app, or a recovery code.
    pub code: String,
    /// The page to come back to.
    pub next: String,
}

impl CodeForm {
    /// The form without the code, which does not count again.
    #[must_use]
    pub fn empty(&self) -> Self {
        Self { code: String::new(), next: self.next.clone() }
    }
}

/// A second factor that is being set up.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SecondFactorForm {
    /// The key that the page offered, sealed.
    pub offer: String,
    pub code: String,
}
