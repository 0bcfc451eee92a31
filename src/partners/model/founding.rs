//! What a new organisation begins with.

use super::{Location, Organisation};
use crate::values::address::Address;
use crate::values::email::Email;

/// Whom to turn to in an organisation.
#[derive(Clone, Debug)]
pub struct Contact {
    pub first_name: String,
    pub last_name: String,
    pub email: Email,
    pub phone: String,
}

impl Contact {
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// An organisation with everything that it says of itself at the beginning.
#[derive(Clone, Debug)]
pub struct Founding {
    pub organisation: Organisation,
    pub address: Address,
    pub contact: Contact,
    /// It stands at the organisation's address until somebody says otherwise.
    pub location: Location,
}
