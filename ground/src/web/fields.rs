//! Pieces of form fields. `templates/kit/fields.html` says how a form asks for them.

use std::fmt::Display;

use askama::Template;
use askama::filters::HtmlSafe;

use super::Problems;
use crate::language::{Message, filters};

/// What a field is called.
#[derive(Template)]
#[template(path = "kit/fields/label.html")]
pub struct Label<'a> {
    pub name: &'a str,
    pub label: Message,
    pub required: &'a bool,
}

/// What stands under an input: what is wrong, and the help.
#[derive(Template)]
#[template(path = "kit/fields/below.html")]
pub struct Below<'a> {
    pub problems: &'a Problems,
    pub name: &'a str,
    pub label: Message,
    pub hint: Message,
}

/// What ties an input, or a group of them, to what stands under it.
#[derive(Template)]
#[template(path = "kit/fields/ties.html")]
pub struct Ties<'a> {
    pub problems: &'a Problems,
    pub name: &'a str,
    pub hint: Message,
    pub required: &'a bool,
    /// A group is not said to be invalid: its inputs are.
    pub is_input: &'a bool,
}

/// An input of one line.
#[derive(Template)]
#[template(path = "kit/fields/text.html")]
pub struct Text<'a> {
    pub problems: &'a Problems,
    pub name: &'a str,
    pub label: Message,
    pub value: &'a dyn Display,
    pub hint: Message,
    pub kind: &'a str,
    pub autocomplete: &'a str,
    pub inputmode: &'a str,
    pub required: &'a bool,
    pub maxlength: &'a str,
    pub suffix: &'a str,
    pub availability: &'a str,
    pub width: &'a str,
    pub code: &'a bool,
}

impl Text<'_> {
    fn head(&self) -> Label<'_> {
        Label { name: self.name, label: self.label.clone(), required: self.required }
    }

    fn ties(&self) -> Ties<'_> {
        let Self { problems, name, ref hint, required, .. } = *self;
        Ties { problems, name, hint: hint.clone(), required, is_input: &true }
    }

    fn below(&self) -> Below<'_> {
        let Self { problems, name, ref label, ref hint, .. } = *self;
        Below { problems, name, label: label.clone(), hint: hint.clone() }
    }
}

impl HtmlSafe for Label<'_> {}
impl HtmlSafe for Below<'_> {}
impl HtmlSafe for Ties<'_> {}
impl HtmlSafe for Text<'_> {}
