//! What surrounds every page and is filled by none. Each part is a template of its own, compiled once:
//! written out in every page, they made a third of a build.

use askama::Template;
use askama::filters::HtmlSafe;

use super::Shell;
use crate::language::filters;

/// A part of the layout, and how the layout asks for it.
macro_rules! part {
    ($(#[$told:meta])* $part:ident, $ask:ident, $path:literal) => {
        #[derive(Template)]
        #[template(path = $path)]
        pub struct $part<'a> {
            shell: &'a Shell,
        }

        impl HtmlSafe for $part<'_> {}

        impl Shell {
            $(#[$told])*
            pub fn $ask(&self) -> $part<'_> {
                $part { shell: self }
            }
        }
    };
}

/// What the title of a page begins with that says what is wrong with a form.
#[derive(Template)]
#[template(path = "layout/refusal.html")]
pub struct Refusal;

impl HtmlSafe for Refusal {}

part! {
    /// What the page loads.
    Files, files, "layout/files.html"
}

part! {
    /// The bar on top.
    Bar, bar, "layout/bar.html"
}

part! {
    /// The menu.
    Rail, rail, "layout/rail.html"
}

part! {
    /// What the viewer is to be told on any page.
    Notes, notes, "layout/notes.html"
}

part! {
    /// Who writes, on paper.
    Letterhead, letterhead, "layout/letterhead.html"
}
