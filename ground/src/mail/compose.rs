//! From words to a letter: the one way in which all letters are written.
//!
//! A letter is a struct with what its template fills in. The template extends `mail/frame.letter` and says the subject
//! in one block and the text in the other one, as [`super::face`] reads it.

use askama::Template;

use super::face::Face;
use super::kind::Kind;
use super::letter::Letter;
use super::text::rendered;
use crate::error::Result;
use crate::language::Language;
use crate::values::email::Email;
use crate::values::id::OrganisationId;

/// Where a letter goes, and what stands around its words.
#[derive(Debug)]
pub struct Envelope<'a> {
    pub kind: &'static Kind,
    /// The id of what it is about.
    pub about: String,
    /// Whose letter it is.
    pub organisation: &'a OrganisationId,
    pub to: &'a Email,
    /// What the addressee reads.
    pub language: Language,
    pub reply_to: Option<&'a Email>,
    /// The name of the installation, which heads the letter.
    pub installation: &'a str,
}

/// What a letter says.
pub trait Written: Template + Sized {
    fn envelope(&self) -> Envelope<'_>;

    /// The letter, ready to be put into the outbox.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    fn letter(&self) -> Result<Letter> {
        let envelope = self.envelope();
        seal(&rendered(envelope.language, self)?, envelope)
    }
}

fn seal(source: &str, envelope: Envelope) -> Result<Letter> {
    let face = Face::parse(source);
    Ok(Letter {
        kind: envelope.kind,
        about: envelope.about,
        organisation: *envelope.organisation,
        to: envelope.to.clone(),
        reply_to: envelope.reply_to.cloned(),
        body: face.body(envelope.language, envelope.installation)?,
        subject: face.subject,
    })
}

/// Subject and text of a letter that somebody goes on writing, or sends by a mail program of their own.
///
/// # Errors
/// When the template cannot be rendered.
pub fn draft(language: Language, words: &impl Template) -> Result<(String, String)> {
    Ok(Face::plain(&rendered(language, words)?))
}
