//! The letter as somebody edited it, with its link in it.

use serde::{Deserialize, Serialize};

use super::model::{DraftText, Personal, Standing};
use super::wrong::Wrong;
use crate::language::Language;
use crate::values::folding::folded;
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::{LONGEST_SEARCH, typed};
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

/// What follows once the draft is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Stay at the draft.
    Keep,
    /// Put the link back before.
    PutLinkBack,
    /// Open it in the mail program, copy it: the browser does that where scripts run.
    OpenInEmail,
    Copy,
    /// Close the draft.
    Done,
    Send,
}

impl Then {
    /// What the pressed button says.
    pub fn of(button: &str) -> Self {
        match button {
            "link" => Self::PutLinkBack,
            "email" => Self::OpenInEmail,
            "copy" => Self::Copy,
            "done" => Self::Done,
            "send" => Self::Send,
            _ => Self::Keep,
        }
    }
}

/// Which requests of a list are wanted.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct RequestFilter {
    #[serde(deserialize_with = "typed")]
    pub search: String,
    #[serde(deserialize_with = "typed")]
    pub state: String,
}

impl RequestFilter {
    pub fn needle(&self) -> String {
        needle(&self.search)
    }

    pub fn standing(&self) -> Option<Standing> {
        Standing::from_text(&self.state)
    }

    pub fn is_set(&self) -> bool {
        !self.needle().is_empty() || self.standing().is_some()
    }
}

/// What a list is searched for, in lower case; too long a search is cut.
pub fn needle(typed: &str) -> String {
    let cut: String = typed.chars().take(LONGEST_SEARCH).collect();
    folded(&cut)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_search_is_one_short_line_without_control_characters(typed in any::<String>()) {
            let needle = needle(&typed);
            prop_assert!(!needle.chars().any(char::is_control));
            prop_assert!(needle.len() <= 40 * LONGEST_SEARCH);
        }
    }
}
