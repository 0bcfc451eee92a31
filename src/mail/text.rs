//! The text of letters: rendered, and parted for HTML.

use askama::Template;

use crate::error::{Error, Result};

/// What a template says, without white space around it.
///
/// # Errors
/// When it cannot be rendered.
pub fn rendered(template: &impl Template) -> Result<String> {
    let text = template.render().map_err(|error| Error::Internal(error.into()))?;
    Ok(text.trim().to_owned())
}

/// A line of a text; the link stands between what comes before and after it.
pub struct Line<'a> {
    pub pieces: Vec<&'a str>,
}

/// A text that people wrote, by paragraphs and lines.
pub fn paragraphs<'a>(text: &'a str, link: &str) -> Vec<Vec<Line<'a>>> {
    let line = |line: &'a str| Line { pieces: line.split(link).collect() };
    let paragraph = |paragraph: &'a str| paragraph.trim_matches('\n').split('\n').map(line).collect();
    text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()).map(paragraph).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_paragraphs_with_the_link_between_pieces() {
        let text = "Hello,\n\nopen\nhttps://a/b\nnow\n\n\n\nBye";
        let found = paragraphs(text, "https://a/b");
        assert_eq!(found.len(), 3);
        let pieces: Vec<_> = found[1].iter().map(|line| line.pieces.clone()).collect();
        assert_eq!(pieces, [vec!["open"], vec!["", ""], vec!["now"]]);
    }
}
