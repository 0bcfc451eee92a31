//! An agreement as the operator writes it.

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::partners::model::agreement::{Agreement, Audience};
use crate::partners::store::agreements::NewAgreement;
use crate::values::agreement_text;
use crate::values::id::AgreementId;
use crate::values::typed::typed;
use crate::web::{Problems, version};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AgreementForm {
    /// Made with the empty form, so that sending it twice publishes once.
    pub id: String,
    pub audience: String,
    /// The version that the text is to become.
    pub version: String,
    #[serde(deserialize_with = "typed")]
    pub body: String,
    /// `preview` or `edit`.
    pub then: String,
}

impl AgreementForm {
    /// The form that begins with the text that holds now.
    pub fn after(audience: Audience, current: Option<&Agreement>) -> Self {
        Self {
            id: AgreementId::new().to_string(),
            audience: audience.as_text().to_owned(),
            version: (current.map_or(0, |current| current.version) + 1).to_string(),
            body: current.map(|current| current.body.clone()).unwrap_or_default(),
            then: String::new(),
        }
    }

    /// # Errors
    /// [`Error::BadRequest`] when it is none: no page sends that.
    pub fn audience(&self) -> Result<Audience> {
        Audience::from_text(&self.audience).ok_or(Error::BadRequest("audience"))
    }

    /// The text with what it becomes.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for what no page sends; what is wrong with the text.
    pub fn parse(&self) -> Result<Result<NewAgreement, Problems>> {
        let id = AgreementId::parse(&self.id).ok_or(Error::BadRequest("id"))?;
        let version = version::read(&self.version)?;
        let audience = self.audience()?;
        let mut problems = Problems::default();
        let body = problems.field("body", agreement_text::parse(&self.body));
        Ok(problems.or(|| Some(NewAgreement { id, audience, version, body: body? })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::typed::printable;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>()) {
            let form = AgreementForm { body: printable(&typed), ..AgreementForm::after(Audience::Reseller, None) };
            if let Ok(agreement) = form.parse().unwrap() {
                prop_assert!(!agreement.body.is_empty() && !agreement.body.contains(['\r', '\0']));
                prop_assert_eq!(agreement.version, 1);
            }
        }
    }
}
