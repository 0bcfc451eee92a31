//! A letter as HTML: the same blocks in one layout for all letters.

use askama::Template;

use super::marks::{Block, Piece, Words};
use crate::error::Result;
use crate::language::{Language, filters};
use crate::mail::text::rendered;

#[derive(Template)]
#[template(path = "mail/letter.html")]
struct Page<'a> {
    language: Language,
    installation: &'a str,
    subject: &'a str,
    words: &'a Words,
}

/// # Errors
/// When it cannot be rendered.
pub(super) fn page(language: Language, installation: &str, subject: &str, words: &Words) -> Result<String> {
    rendered(language, &Page { language, installation, subject, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(source: &str) -> String {
        page(Language::ENGLISH, "Harbor <Cloud>", "About \"it\"", &Words::parse(source)).unwrap()
    }

    #[test]
    fn a_letter_has_one_face() {
        let html = html("Hello,\n[Choose a password] https://portal.example/a?b=c&d\n> one\\ntwo\n--\nsmall");
        for part in [
            "Harbor &#60;Cloud&#62;",
            "<title>About &#34;it&#34;</title>",
            "width=\"600\"",
            "color-scheme",
            ">Choose a password</a>",
            "href=\"https://portal.example/a?b=c&#38;d\"",
            "one<br>two",
            "small",
        ] {
            assert!(html.contains(part), "{part} is not in\n{html}");
        }
        assert_eq!(
            html.matches("href=\"https://portal.example/a?b=c&#38;d\"").count(),
            2,
            "button and bare link"
        );
    }

    #[test]
    fn a_letter_loads_nothing_and_runs_nothing() {
        let html = html("Hello,\n[Open] https://portal.example/\n! 1234\n- a\n* b\n# c").to_lowercase();
        for refused in ["<img", "src=", "url(", "<script", "<link", "@import", "<style"] {
            assert!(!html.contains(refused), "{refused}");
        }
    }

    #[test]
    fn no_name_can_be_markup() {
        let html = html("Hello <https://portal.example/\">&<b>");
        assert!(!html.contains("\">&<b>") && !html.contains("<b>"), "{html}");
    }
}
