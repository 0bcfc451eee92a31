//! The letter as somebody edited it, with its link in it.

use serde::Deserialize;

use super::model::{DraftText, Personal};
use super::wrong::Wrong;
use crate::language::Language;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::typed;
use crate::web::Problems;

const LONGEST_SUBJECT: usize = 200;
const LONGEST_TEXT: usize = 10_000;

/// Unlike a name, what a letter is about may hold a link.
fn subject_line(typed: &str) -> Result<String, Problem> {
    let line = name::optional(typed, LONGEST_SUBJECT)?;
    if line.is_empty() { Err(Problem::Missing) } else { Ok(line) }
}

/// The language in which the pressed button begins the letter again, if it does: `in:zh-Hant`.
pub fn begins_in(then: &str) -> Option<Language> {
    Language::of_tag(then.strip_prefix("in:")?)
}

/// The letter as the browser sends it, with its link in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct TypedLetter {
    /// In which it is written, as a tag.
    #[serde(deserialize_with = "typed")]
    pub language: String,
    #[serde(deserialize_with = "typed")]
    pub subject: String,
    #[serde(deserialize_with = "typed")]
    pub text: String,
}

impl TypedLetter {
    /// What is kept of a letter, filled with what is personal.
    pub fn of(kept: &DraftText, personal: &Personal) -> Self {
        let DraftText { language, subject, text } = kept.filled(personal);
        Self { language: language.tag().to_owned(), subject, text }
    }

    /// In which it is written, where the page says so.
    pub fn language(&self) -> Option<Language> {
        Language::of_tag(&self.language)
    }

    /// The same with the whole link in its text.
    #[must_use]
    pub fn with_link(self, personal: &Personal) -> Self {
        Self { text: personal.put_back(&self.text), ..self }
    }

    /// The letter as it may be kept. What is wrong stands at the fields `subject` and `text`.
    pub fn parse(&self, problems: &mut Problems, personal: &Personal) -> Option<DraftText> {
        let subject = problems.field("subject", subject_line(&self.subject));
        let text = problems.field("text", name::paragraphs(&self.text, LONGEST_TEXT));
        if text.as_ref().is_some_and(|text| !personal.is_in(text)) {
            problems.on("text", Wrong::LinkMissing);
        }
        Some(DraftText {
            language: personal.language,
            subject: personal.strip(&subject?),
            text: personal.strip(&text?),
        })
    }
}
