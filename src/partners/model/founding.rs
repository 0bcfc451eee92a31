//! What a new organisation begins with.

use super::{Location, Organisation};
use crate::values::address::Address;
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::person::full_name;

/// Whom to turn to in an organisation.
#[derive(Clone, Debug)]
pub struct Contact {
    pub first_name: String,
    pub last_name: String,
    pub email: Email,
    pub phone: String,
}

impl Contact {
    /// As one name, in the order of the country.
    pub fn name(&self, country: Country) -> String {
        full_name(country, &self.first_name, "", &self.last_name)
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
