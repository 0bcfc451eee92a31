//! The text of letters: rendered, and what people typed parted for its face.

use askama::{NO_VALUES, Template};

use crate::error::{Error, Result};
use crate::language::{Language, Speech};

/// What a template says in a language, without white space around it.
///
/// # Errors
/// When it cannot be rendered.
pub fn rendered(language: Language, template: &impl Template) -> Result<String> {
    let text = template
        .render_with_values(&Speech::new(language, NO_VALUES))
        .map_err(|error| Error::Internal(error.into()))?;
    Ok(text.trim().to_owned())
}

/// A paragraph of a text; the link stands between what comes before and after it.
pub struct Paragraph<'a> {
    pub pieces: Vec<&'a str>,
}

impl Paragraph<'_> {
    /// Whether it is the link and nothing else.
    pub fn is_link(&self) -> bool {
        self.pieces.len() == 2 && self.pieces.iter().all(|piece| piece.trim().is_empty())
    }
}

/// A text that people wrote, by paragraphs.
pub fn paragraphs<'a>(text: &'a str, link: &str) -> Vec<Paragraph<'a>> {
    let filled = text.split("\n\n").map(|paragraph| paragraph.trim_matches('\n'));
    let filled = filled.filter(|paragraph| !paragraph.trim().is_empty());
    filled.map(|paragraph| Paragraph { pieces: paragraph.split(link).collect() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_paragraphs_with_the_link_between_pieces() {
        let text = "Hello,\n\nopen\nhttps://a/b\nnow\n\n\n\nhttps://a/b\n\nBye";
        let found = paragraphs(text, "https://a/b");
        let pieces: Vec<_> = found.iter().map(|paragraph| paragraph.pieces.clone()).collect();
        assert_eq!(pieces, [vec!["Hello,"], vec!["open\n", "\nnow"], vec!["", ""], vec!["Bye"]]);
        assert_eq!(found.iter().filter(|paragraph| paragraph.is_link()).count(), 1);
    }
}
