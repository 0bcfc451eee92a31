//! The face of letters: one source of words for the text and for the HTML of a letter.
//!
//! A `.letter` template has one block a line: a paragraph, or what its mark says.
//!
//! ```text
//! Hello {{ name }},                      a paragraph
//! # Customers                            a heading
//! > {{ reason }}                         what somebody else wrote
//! - {{ one }}                            an item of a list; * of a list with air
//! ! {{ code }}                           something to copy or to type
//! [Choose a password] {{ link }}         the button of the letter, with the bare link below
//! See <{{ link }}>                       a link
//! --                                     what follows is small print
//! ```
//!
//! [`Unmarked`] escapes whatever a template fills in, so that no name and no reason can be a mark, a link or a button.

mod html;
mod marks;

use askama::Template;

use super::text::rendered;
use crate::error::Result;

pub use marks::Unmarked;
use marks::Words;

/// The same content as text and as HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    pub text: String,
    pub html: String,
}

/// Writes a letter out: its words, by a `.letter` template, under the name of the installation.
///
/// # Errors
/// When it cannot be rendered.
pub fn body(installation: &str, subject: &str, words: &impl Template) -> Result<Body> {
    let words = Words::parse(&rendered(words)?);
    Ok(Body { text: words.text(), html: html::page(installation, subject, &words)? })
}
