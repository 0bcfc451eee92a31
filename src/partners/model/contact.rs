//! Whom of an organisation one can ask about a request.

use crate::language::Language;
use crate::values::email::Email;

/// Somebody who gets the answer to a request of their organisation, and can be asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub email: Email,
    pub language: Option<Language>,
    /// Whether it is the person who made the request; otherwise that person can no longer act.
    pub is_requester: bool,
}
