//! Why an organisation is suspended.

use serde::Deserialize;

use crate::values::name;
use crate::values::typed::printable;
use crate::web::Problems;

const LONGEST_REASON: usize = 500;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SuspensionForm {
    pub reason: String,
}

impl SuspensionForm {
    /// The same without characters that nobody types and no page may hold.
    #[must_use]
    pub fn printable(mut self) -> Self {
        self.reason = printable(&self.reason);
        self
    }

    /// # Errors
    /// What is wrong with the reason.
    pub fn parse(&self) -> Result<String, Problems> {
        name::paragraphs(&self.reason, LONGEST_REASON).map_err(|problem| ("reason", problem).into())
    }
}
