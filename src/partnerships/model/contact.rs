//! Who at a provider looks after a request.

use crate::values::email::Email;

/// Somebody of a provider who gets the answer to a request, and can be asked about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub name: String,
    pub email: Email,
    /// Whether it is the person who asked; otherwise that person can no longer act.
    pub is_requester: bool,
}
