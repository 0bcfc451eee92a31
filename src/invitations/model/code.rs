//! What letters with codes are counted by, and what a code is good for.

use crate::links::model::code::Code;
use crate::session::tally::Subject;
use crate::values::email::Email;
use crate::values::id::CustomerRequestId;
use crate::values::token::TokenHash;

/// What is kept of a code: it is good for one link of one request.
pub fn kept(code: &Code, request: &CustomerRequestId, link: &TokenHash) -> TokenHash {
    code.hash(&["customer request", request.as_str(), link.as_str()])
}

/// So that nobody fills a mailbox or guesses for long.
pub fn counted_by(request: &CustomerRequestId, to: &Email) -> Vec<Subject> {
    vec![
        Subject::with_rate(&["customer request code", request.as_str()], 3, 600),
        Subject::with_rate(&["customer request codes to", &to.without_tag()], 10, 900),
    ]
}
