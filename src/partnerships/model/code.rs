//! The code that proves that somebody reads the mailbox to which a request was sent.

use crate::session::tally::Subject;
use crate::values::email::Email;
use crate::values::id::{OrganisationId, PartnershipRequestId};

pub use crate::links::model::code::{Code, MINUTES, TRIES, works_until};

/// What letters with codes are counted by, so that nobody fills a mailbox or guesses for long.
pub fn counted_by(request: &PartnershipRequestId, organisation: &OrganisationId, to: &Email) -> Vec<Subject> {
    vec![
        Subject::with_rate(&["partnership code", request.as_str(), organisation.as_str()], 3, 600),
        Subject::with_rate(&["partnership codes to", to.as_str()], 10, 900),
    ]
}
