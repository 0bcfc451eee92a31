//! Words that many pages choose from a long list. Each list is a template of its own, compiled once.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::access;
use crate::language::{Message, filters};
use crate::mail::trouble;
use crate::sheets::Unreadable;

/// Words about something.
macro_rules! words {
    ($(#[$told:meta])* $words:ident { $about:ident: $of:ty }, $path:literal) => {
        $(#[$told])*
        #[derive(Template)]
        #[template(path = $path)]
        pub struct $words<'a> {
            pub $about: &'a $of,
        }

        impl HtmlSafe for $words<'_> {}
    };
}

words! {
    /// What a field of an address or a person is called.
    FieldName { field: str }, "kit/words/field_name.html"
}

words! {
    /// What a language is called.
    Language { code: str }, "kit/words/language.html"
}

words! {
    /// What a role is called.
    Role { role: access::Role }, "kit/words/role.html"
}

words! {
    /// What stands in a letter's way.
    Trouble { trouble: trouble::Trouble }, "kit/words/trouble.html"
}

/// Why a file cannot be read. What is to be said of one with nothing in it, the area knows.
#[derive(Template)]
#[template(path = "kit/words/unreadable.html")]
pub struct WhyUnreadable<'a> {
    pub why: &'a Unreadable,
    pub empty: Message,
}

impl HtmlSafe for WhyUnreadable<'_> {}
