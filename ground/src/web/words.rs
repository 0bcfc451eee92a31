//! Words that many pages choose from a long list. Each list is a template of its own, compiled once.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::access;
use crate::language::filters;
use crate::mail::trouble;

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
