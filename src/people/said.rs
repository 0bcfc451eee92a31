//! What this area says when something is done.

use askama::Template;

use crate::language::filters;
use crate::values::email::Email;

/// One sentence for the next page.
#[derive(Template)]
#[template(path = "people/said.txt")]
pub enum Said<'a> {
    /// By a mailed link; nobody is signed in yet.
    PasswordChosen,
    PasswordLinkSent {
        to: &'a Email,
    },
    Invited {
        to: &'a Email,
    },
    Changed,
    Deactivated,
    Restored,
    SignedOut,
    SecondFactorRemoved,
    /// Whether everybody needs a second factor.
    RequirementChanged,
    ProfileChanged,
    OwnSignInsEnded,
    AddressLinkSent {
        to: &'a Email,
    },
    AddressProved,
    AddressChanged {
        to: &'a Email,
    },
    /// What was asked for is dropped.
    AddressStays,
    NothingChanged,
}
