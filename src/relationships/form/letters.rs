//! The letters to those concerned, as typed.

use crate::language::Language;
use crate::relationships::model::{Draft, Side};
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::printable;
use crate::web::Problems;

const LONGEST_SUBJECT: usize = 200;
const LONGEST_TEXT: usize = 10_000;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterForm {
    pub side: Side,
    /// Otherwise it is left out.
    pub is_sent: bool,
    pub language: String,
    pub subject: String,
    pub text: String,
}

impl LetterForm {
    pub fn of(draft: &Draft) -> Self {
        let Draft { side, language, subject, text } = draft.clone();
        Self { side, is_sent: true, language, subject, text }
    }

    /// Those that a plan keeps; whatever it does not is left out.
    pub fn all_kept(drafts: &[Draft]) -> Vec<Self> {
        let kept = |side: &Side| drafts.iter().find(|draft| draft.side == *side).map(Self::of);
        let left_out = |side: &Side| Self {
            side: *side,
            is_sent: false,
            language: String::new(),
            subject: String::new(),
            text: String::new(),
        };
        Side::ALL.iter().map(|side| kept(side).unwrap_or_else(|| left_out(side))).collect()
    }

    /// Drafts with what was typed before in their places, as long as that speaks of what is chosen. Otherwise they begin anew,
    /// and only what was left out stays out.
    pub fn merged(typed: &[Self], drafts: &[Draft], still_holds: bool) -> Vec<Self> {
        let letter = |draft: &Draft| match typed.iter().find(|letter| letter.side == draft.side) {
            Some(typed) if still_holds && !typed.is_empty() => typed.clone(),
            Some(typed) => Self { is_sent: typed.is_sent, ..Self::of(draft) },
            None => Self::of(draft),
        };
        drafts.iter().map(letter).collect()
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.subject.is_empty() && self.text.is_empty()
    }

    /// Those that stand in a form.
    pub fn all_of(pairs: &[(String, String)]) -> Vec<Self> {
        let value = |name: &str, side: Side| {
            let name = format!("{name}-{}", side.key());
            pairs.iter().find(|(field, _)| *field == name).map(|(_, value)| printable(value))
        };
        let letter = |side: &Side| {
            Some(Self {
                side: *side,
                is_sent: value("send", *side).is_some_and(|sent| sent == "yes"),
                language: value("language", *side).unwrap_or_default(),
                subject: value("subject", *side).unwrap_or_default(),
                text: value("text", *side)?,
            })
        };
        Side::ALL.iter().filter_map(letter).collect()
    }

    /// Those that are to go. What is wrong stands at `subject-…` and `text-…`.
    pub fn parse_all(letters: &[Self], problems: &mut Problems) -> Vec<Draft> {
        letters.iter().filter(|letter| letter.is_sent).filter_map(|letter| letter.parse(problems)).collect()
    }

    fn parse(&self, problems: &mut Problems) -> Option<Draft> {
        let subject = problems.field(self.field("subject"), subject_line(&self.subject));
        let text = problems.field(self.field("text"), name::paragraphs(&self.text, LONGEST_TEXT));
        let language = Language::of_tag(&self.language).unwrap_or_default().tag().to_owned();
        Some(Draft { side: self.side, language, subject: subject?, text: text? })
    }

    /// What a field of it is called.
    pub fn field(&self, name: &str) -> String {
        format!("{name}-{}", self.side.key())
    }
}

fn subject_line(typed: &str) -> Result<String, Problem> {
    let line = name::optional(typed, LONGEST_SUBJECT)?;
    if line.is_empty() { Err(Problem::Missing) } else { Ok(line) }
}
