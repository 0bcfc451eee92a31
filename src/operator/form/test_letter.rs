//! Where a test letter goes.

use serde::Deserialize;

use crate::values::email::Email;
use crate::values::typed::typed;
use crate::web::Problems;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TestLetterForm {
    #[serde(deserialize_with = "typed")]
    pub email: String,
}

impl TestLetterForm {
    /// # Errors
    /// What is wrong with the address.
    pub fn parse(&self) -> Result<Email, Problems> {
        Email::parse(&self.email).map_err(|problem| ("email", problem).into())
    }
}
