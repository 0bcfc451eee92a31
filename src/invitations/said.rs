//! What this area says when something is done.

use askama::Template;

use crate::language::filters;
use crate::values::email::Email;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "invitations/said.txt")]
pub enum Said<'a> {
    Sent {
        to: &'a Email,
    },
    Kept,
    /// The draft is kept; the next page opens it in the mail program.
    OpenNow,
    /// The draft is kept; the next page shows the text to copy.
    CopyNow,
    /// Nothing was sent: the page points something out.
    LookFirst,
    Listed {
        to: &'a Email,
    },
    Renewed,
    Reminded {
        to: &'a Email,
    },
    NotReminded,
    Revoked {
        to: &'a Email,
    },
    /// Answered, sent or revoked while somebody was looking at it.
    Closed,
    /// A code was mailed, or kept as a file where there is no mail server.
    CodeMailed {
        to: &'a Email,
    },
    LetterQueued,
    LetterNotQueued,
}
