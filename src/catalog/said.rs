//! What this area says when something is done.

use askama::Template;

use crate::language::filters;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "catalog/said.txt")]
pub enum Said<'a> {
    Added { name: &'a str },
    Changed { name: &'a str },
    Announced { name: &'a str },
    Unchanged { name: &'a str },
    PriceWithdrawn { name: &'a str },
    PriceGone { name: &'a str },
    Withdrawn { name: &'a str },
    BroughtBack { name: &'a str },
    Pinned { name: &'a str },
    Unpinned { name: &'a str },
    PinsFull { name: &'a str },
    Imported,
    ImportedBefore,
}
