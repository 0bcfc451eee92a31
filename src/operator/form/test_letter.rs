//! Where a test letter goes.

use serde::Deserialize;

use crate::values::email::Email;
use crate::values::typed::printable;
use crate::web::Problems;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TestLetterForm {
    pub email: String,
}

impl TestLetterForm {
    /// The same without characters that nobody types and no page may hold.
    #[must_use]
    pub fn printable(mut self) -> Self {
        self.email = printable(&self.email);
        self
    }

    /// # Errors
    /// What is wrong with the address.
    pub fn parse(&self) -> Result<Email, Problems> {
        Email::parse(&self.email).map_err(|problem| ("email", problem).into())
    }
}
