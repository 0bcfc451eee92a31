//! Why an organisation is suspended.

use serde::Deserialize;

use crate::values::name;
use crate::values::typed::typed;
use crate::web::Problems;

const LONGEST_REASON: usize = 500;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SuspensionForm {
    #[serde(deserialize_with = "typed")]
    pub reason: String,
}

impl SuspensionForm {
    /// # Errors
    /// What is wrong with the reason.
    pub fn parse(&self) -> Result<String, Problems> {
        name::paragraphs(&self.reason, LONGEST_REASON).map_err(|problem| ("reason", problem).into())
    }
}
