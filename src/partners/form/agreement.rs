//! Accepting an agreement.

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::values::id::AgreementId;
use crate::values::problem::Problem;
use crate::web::Problems;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConsentForm {
    /// The version that the page showed.
    pub agreement: String,
    pub consent: String,
}

impl ConsentForm {
    /// # Errors
    /// [`Error::BadRequest`] when it names none.
    pub fn agreement(&self) -> Result<AgreementId> {
        AgreementId::parse(&self.agreement).ok_or(Error::BadRequest("agreement"))
    }

    /// # Errors
    /// When the box is not ticked.
    pub fn parse(&self) -> Result<(), Problems> {
        if self.consent == "yes" { Ok(()) } else { Err(("consent", Problem::NotConfirmed).into()) }
    }
}
