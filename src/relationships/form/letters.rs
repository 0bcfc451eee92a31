//! The letters to those concerned, as typed.

use crate::language::Language;
use crate::relationships::model::{Draft, Side};
use crate::values::name;
use crate::values::problem::Problem;
use crate::values::typed::printable;
use crate::web::Problems;

const LONGEST_SUBJECT: usize = 200;
const LONGEST_TEXT: usize = 10_000;

/// All of them, with what they speak of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    pub all: Vec<LetterForm>,
    /// Tells the choices that they speak of.
    pub basis: String,
    /// What was typed spoke of other choices, so they began anew.
    pub is_anew: bool,
}

impl Letters {
    /// Those that a form holds.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let value =
            |name: &str| pairs.iter().find(|(field, _)| field == name).map(|(_, value)| printable(value));
        let letter = |side: &Side| {
            let value = |name: &str| value(&side.field(name));
            Some(LetterForm {
                side: *side,
                is_sent: value("send").is_some_and(|sent| sent == "yes"),
                language: value("language").unwrap_or_default(),
                subject: value("subject").unwrap_or_default(),
                text: value("text")?,
            })
        };
        let all = Side::ALL.iter().filter_map(letter).collect();
        Self { all, basis: value("letters_of").unwrap_or_default(), is_anew: false }
    }

    /// Those that a plan keeps, which speak of what it chooses; whatever it does not keep is left out.
    pub fn kept(drafts: &[Draft], basis: String) -> Self {
        let kept = |side: &Side| drafts.iter().find(|draft| draft.side == *side).map(LetterForm::of);
        let all = Side::ALL.iter().map(|side| kept(side).unwrap_or_else(|| LetterForm::left_out(*side)));
        Self { all: all.collect(), basis, is_anew: false }
    }

    /// Drafts with what was typed before in their places, as long as that speaks of what is chosen. Otherwise they begin
    /// anew, and only what was left out stays out.
    #[must_use]
    pub fn with_drafts(self, drafts: &[Draft], basis: String) -> Self {
        let still_holds = self.basis == basis;
        let letter = |draft: &Draft| match self.all.iter().find(|letter| letter.side == draft.side) {
            Some(typed) if still_holds && !typed.is_empty() => typed.clone(),
            Some(typed) => LetterForm { is_sent: typed.is_sent, ..LetterForm::of(draft) },
            None => LetterForm::of(draft),
        };
        let is_anew = !still_holds && self.all.iter().any(|letter| !letter.is_empty());
        Self { all: drafts.iter().map(letter).collect(), basis, is_anew }
    }

    /// Whether a field is one of a letter.
    pub fn has_field(name: &str) -> bool {
        Side::ALL.iter().any(|side| name.ends_with(&side.field("")))
    }

    /// Those that are to go. What is wrong stands at `subject-…` and `text-…`.
    pub fn parse(&self, problems: &mut Problems) -> Vec<Draft> {
        self.all.iter().filter(|letter| letter.is_sent).filter_map(|letter| letter.parse(problems)).collect()
    }
}

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
    fn of(draft: &Draft) -> Self {
        let Draft { side, language, subject, text } = draft.clone();
        Self { side, is_sent: true, language, subject, text }
    }

    fn left_out(side: Side) -> Self {
        let nothing = String::new;
        Self { side, is_sent: false, language: nothing(), subject: nothing(), text: nothing() }
    }

    /// Whether nothing stands in it.
    fn is_empty(&self) -> bool {
        self.subject.is_empty() && self.text.is_empty()
    }

    fn parse(&self, problems: &mut Problems) -> Option<Draft> {
        let subject = problems.field(self.field("subject"), subject_line(&self.subject));
        let text = problems.field(self.field("text"), name::paragraphs(&self.text, LONGEST_TEXT));
        let language = Language::of_tag(&self.language).unwrap_or_default().tag().to_owned();
        Some(Draft { side: self.side, language, subject: subject?, text: text? })
    }

    /// What a field of it is called.
    pub fn field(&self, name: &str) -> String {
        self.side.field(name)
    }
}

fn subject_line(typed: &str) -> Result<String, Problem> {
    let line = name::optional(typed, LONGEST_SUBJECT)?;
    if line.is_empty() { Err(Problem::Missing) } else { Ok(line) }
}
