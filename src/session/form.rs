//! What the browser sends.

use serde::Deserialize;

use crate::values::password::NewPassword;
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
    pub fn parse(&self) -> Result<NewPassword, Problems> {
        let mut problems = Problems::default();
        if self.current.is_empty() {
            problems.on("current", Problem::Missing);
        }
        let new = problems.field("new", NewPassword::parse(&self.new));
        if !self.new.is_empty() && self.new == self.current {
            problems.on("new", Problem::Unchanged);
        }
        if self.again != self.new {
            problems.on("again", Problem::NotTheSame);
        }
        problems.or(|| new)
    }
}
