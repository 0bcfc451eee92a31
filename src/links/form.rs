//! The letter as somebody edited it, with its link in it.

use super::model::{DraftText, Personal};
use super::wrong::Wrong;
use crate::language::Language;
use crate::values::name;
use crate::values::problem::Problem;
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

/// The letter as it may be kept. What is wrong stands at the fields `subject` and `text`.
pub fn letter(
    problems: &mut Problems,
    (subject, text): (&str, &str),
    personal: &Personal,
) -> Option<DraftText> {
    let subject = problems.field("subject", subject_line(subject));
    let text = problems.field("text", name::paragraphs(text, LONGEST_TEXT));
    if text.as_ref().is_some_and(|text| !personal.is_in(text)) {
        problems.on("text", Wrong::LinkMissing);
    }
    Some(DraftText {
        language: personal.language,
        subject: personal.strip(&subject?),
        text: personal.strip(&text?),
    })
}
