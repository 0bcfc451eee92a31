//! The partner agreement: a text of the operator, in versions, which providers and resellers accept.

use crate::access::OrganisationKind;
use crate::text_enum;
use crate::values::id::AgreementId;
use crate::values::moment::Moment;

text_enum! {
    /// Whom an agreement is for.
    pub enum Audience {
        Provider = "provider",
        Reseller = "reseller",
    }
}

impl Audience {
    /// Which agreement organisations of a kind accept; the operator accepts none, and what customers accept is another one.
    pub fn of(kind: OrganisationKind) -> Option<Self> {
        match kind {
            OrganisationKind::Provider => Some(Self::Provider),
            OrganisationKind::Reseller => Some(Self::Reseller),
            OrganisationKind::Operator | OrganisationKind::Customer => None,
        }
    }

    pub fn kind(self) -> OrganisationKind {
        match self {
            Self::Provider => OrganisationKind::Provider,
            Self::Reseller => OrganisationKind::Reseller,
        }
    }
}

/// A version of an agreement. It is never changed; the highest version of an audience holds.
#[derive(Clone, Debug)]
pub struct Agreement {
    pub id: AgreementId,
    pub audience: Audience,
    pub version: i32,
    pub body: String,
    pub published_by_name: String,
    pub published_at: Moment,
}

/// What became of the publication of a text as the next version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    Now,
    Before,
    /// Another text became this version in the meantime.
    Stale,
}

/// Who accepted a version for an organisation.
#[derive(Clone, Debug)]
pub struct Acceptance {
    pub agreement: AgreementId,
    pub version: i32,
    pub person_name: String,
    pub accepted_at: Moment,
}

/// A part of an agreement as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'a> {
    Heading(&'a str),
    /// Line by line.
    Paragraph(Vec<&'a str>),
}

/// The parts of a text: blank lines part paragraphs, and one that begins with a number sign is a heading.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        let heading = line.trim_start().strip_prefix('#').map(|rest| rest.trim_start_matches('#').trim());
        let ends = heading.is_some() || line.trim().is_empty();
        if ends && !lines.is_empty() {
            blocks.push(Block::Paragraph(std::mem::take(&mut lines)));
        }
        match heading {
            Some(heading) if !heading.is_empty() => blocks.push(Block::Heading(heading)),
            None if !ends => lines.push(line.trim_end()),
            _ => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_has_headings_and_paragraphs() {
        let text = "# Scope\nWe sell.\nYou resell.\n\n\n## Term\n\nOne year.";
        assert_eq!(
            blocks(text),
            [
                Block::Heading("Scope"),
                Block::Paragraph(vec!["We sell.", "You resell."]),
                Block::Heading("Term"),
                Block::Paragraph(vec!["One year."]),
            ]
        );
    }

    proptest! {
        #[test]
        fn no_word_of_a_text_is_lost(text in "([a-z]{1,5}[ \n#]{1,3}){0,12}") {
            let shown: String = blocks(&text)
                .into_iter()
                .map(|block| match block {
                    Block::Heading(heading) => heading.to_owned(),
                    Block::Paragraph(lines) => lines.join("\n"),
                })
                .collect::<Vec<_>>()
                .join("\n");
            let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
            prop_assert_eq!(letters(&shown), letters(&text));
        }
    }
}
