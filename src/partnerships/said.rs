//! What this area says when something is done.

use askama::Template;

use crate::language::filters;
use crate::values::email::Email;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "partnerships/said.txt")]
pub enum Said<'a> {
    RequestSent {
        to: &'a Email,
    },
    RequestKept,
    /// The draft is kept; the next page opens it in the mail program.
    OpenNow,
    /// The draft is kept; the next page shows the text to copy.
    CopyNow,
    /// Nothing was sent: the page points something out.
    LookFirst,
    RequestListed {
        to: &'a Email,
    },
    LinkRenewed,
    RequestRevoked {
        to: &'a Email,
    },
    /// Answered, sent or revoked while somebody was looking at it.
    RequestClosed,
    /// A code was mailed, or kept as a file where there is no mail server.
    CodeMailed {
        to: &'a Email,
    },
    Authorized {
        provider: &'a str,
    },
    AuthorizedAlready {
        provider: &'a str,
    },
    Declined {
        provider: &'a str,
    },
    /// The location by which the reseller takes part.
    Moved {
        provider: &'a str,
        mpn_id: &'a str,
    },
    Reminded {
        reseller: &'a str,
    },
    NotReminded {
        reseller: &'a str,
    },
    LetterQueued,
    LetterNotQueued,
    NothingChanged,
}
