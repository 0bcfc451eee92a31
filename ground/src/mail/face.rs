//! The face of letters: one source of words for the subject, the text and the HTML of a letter.
//!
//! A `.letter` template extends `mail/frame.letter`. Its text has one block a line: a paragraph, or what its mark says.
//!
//! ```text
//! {% extends "mail/frame.letter" %}
//! {% block subject %}Your account at {{ site.name }}{% endblock %}
//! {% block text %}
//! Hello {{ name }},                      a paragraph
//! # Customers                            a heading
//! > {{ reason }}                         what somebody else wrote
//! - {{ one }}                            an item of a list; * of a list with air
//! ! {{ code }}                           something to copy or to type
//! [Choose a password] {{ link }}         the button of the letter, with the bare link below
//! See <{{ link }}>                       a link
//! --                                     what follows is small print
//! {% endblock %}
//! ```
//!
//! [`Unmarked`] escapes whatever a template fills in, so that no name and no reason can be a mark, a link or a button.

mod html;
mod marks;

use crate::error::Result;
use crate::language::Language;

pub use marks::{Unmarked, verbatim};
use marks::{Words, plain};

/// What the frame puts between subject and text. Nothing that is filled in can say it.
const PARTS: &str = "\n--\n";

/// The same content as text and as HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    pub text: String,
    pub html: String,
}

/// A letter as its template says it.
pub(super) struct Face {
    pub subject: String,
    words: Words,
}

impl Face {
    pub(super) fn parse(source: &str) -> Self {
        let (subject, text) = parted(source);
        Self { subject: plain(subject), words: Words::parse(text) }
    }

    /// Subject and text, with no mark read.
    pub(super) fn plain(source: &str) -> (String, String) {
        let (subject, text) = parted(source);
        (plain(subject), spaced(&plain(text)))
    }

    /// The text, and its HTML under the name of the installation.
    pub(super) fn body(&self, language: Language, installation: &str) -> Result<Body> {
        let html = html::page(language, installation, &self.subject, &self.words)?;
        Ok(Body { text: self.words.text(), html })
    }
}

/// The text with one empty line where a template left several: what is left out of it leaves no hole.
fn spaced(text: &str) -> String {
    let mut spaced: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() || spaced.last().is_some_and(|last| !last.is_empty()) {
            spaced.push(line);
        }
    }
    spaced.join("\n")
}

fn parted(source: &str) -> (&str, &str) {
    let (subject, text) = source.split_once(PARTS).unwrap_or(("", source));
    (subject.trim(), text.trim())
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::*;
    use crate::mail::text::rendered;

    #[derive(Template)]
    #[template(
        source = "{% extends \"mail/frame.letter\" %}{% block subject %}\nFor {{ name }}\n{% endblock %}{% block text %}Hello {{ name }},\n--\nsmall{% endblock %}",
        ext = "letter"
    )]
    struct Greeting<'a> {
        name: &'a str,
    }

    #[test]
    fn a_template_says_subject_and_text() {
        let face = Face::parse(&rendered(Language::ENGLISH, &Greeting { name: "Acme [new]" }).unwrap());
        assert_eq!(face.subject, "For Acme [new]");
        assert_eq!(face.body(Language::ENGLISH, "Twotier").unwrap().text, "Hello Acme [new],\n\n--\nsmall");
    }

    #[test]
    fn what_is_left_out_of_a_draft_leaves_no_hole() {
        assert_eq!(spaced("a\n\n\n \nb\nc\n\nd"), "a\n\nb\nc\n\nd");
    }

    #[test]
    fn no_name_parts_a_letter() {
        let source = rendered(Language::ENGLISH, &Greeting { name: "a\n--\nb" }).unwrap();
        let (subject, text) = Face::plain(&source);
        assert_eq!((subject.as_str(), text.as_str()), ("For a\n--\nb", "Hello a\n--\nb,\n--\nsmall"));
    }
}
