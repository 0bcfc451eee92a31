//! What this area says when something is done.

use askama::Template;

use crate::values::email::Email;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "partnerships/said.txt")]
pub enum Said<'a> {
    /// The draft is kept; the next page opens it in the mail program.
    OpenNow,
    /// The draft is kept; the next page shows the text to copy.
    CopyNow,
    /// Nothing was sent: the page points something out.
    LookFirst,
    /// A code was mailed, or kept as a file where there is no mail server.
    CodeMailed { to: &'a Email },
}
