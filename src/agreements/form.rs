//! A customer agreement as the operator writes it.

use serde::Deserialize;

use super::model::{Text, kept_country};
use super::store::texts::NewText;
use crate::error::{Error, Result};
use crate::language::Language;
use crate::values::agreement_text;
use crate::values::country::Country;
use crate::values::id::CustomerAgreementId;
use crate::values::typed::typed;
use crate::web::{Problems, version};

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TextForm {
    /// Made with the empty form, so that sending it twice publishes once.
    pub id: String,
    /// Empty for all countries.
    pub country: String,
    /// The tag of the language that the text is in.
    pub language: String,
    /// The version that the text is to become.
    pub version: String,
    #[serde(deserialize_with = "typed")]
    pub body: String,
    /// `preview` or `edit`.
    pub then: String,
}

impl TextForm {
    /// The form that begins with the text that holds in the country in this language now.
    pub fn after((country, language): (Option<Country>, Language), current: Option<&Text>) -> Self {
        Self {
            id: CustomerAgreementId::new().to_string(),
            country: kept_country(country).to_owned(),
            language: language.tag().to_owned(),
            version: (current.map_or(0, |current| current.version) + 1).to_string(),
            body: current.map(|current| current.body.clone()).unwrap_or_default(),
            then: String::new(),
        }
    }

    /// For which country the text is; none for all.
    ///
    /// # Errors
    /// [`Error::BadRequest`] when it is none that there is: no page sends that.
    pub fn country(&self) -> Result<Option<Country>> {
        match self.country.as_str() {
            "" => Ok(None),
            code => Country::parse(code).map(Some).map_err(|_| Error::BadRequest("country")),
        }
    }

    /// In which language the text is.
    ///
    /// # Errors
    /// [`Error::BadRequest`] when the portal does not speak it: no page sends that.
    pub fn language(&self) -> Result<Language> {
        Language::of_tag(&self.language).ok_or(Error::BadRequest("language"))
    }

    /// The text with what it becomes.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for what no page sends; what is wrong with the text.
    pub fn parse(&self) -> Result<Result<NewText, Problems>> {
        let id = CustomerAgreementId::parse(&self.id).ok_or(Error::BadRequest("id"))?;
        let version = version::read(&self.version)?;
        let (country, language) = (self.country()?, self.language()?);
        let mut problems = Problems::default();
        let body = problems.field("body", agreement_text::parse(&self.body));
        Ok(problems.or(|| Some(NewText { id, country, language, version, body: body? })))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::typed::printable;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>(), country in any::<String>()) {
            let form = TextForm { body: printable(&typed), ..TextForm::after((None, Language::ENGLISH), None) };
            if let Ok(text) = form.parse().unwrap() {
                prop_assert!(!text.body.is_empty() && !text.body.contains(['\r', '\0']));
                prop_assert_eq!((text.version, text.country), (1, None));
            }
            let _ = TextForm { country, ..form }.parse();
        }
    }
}
