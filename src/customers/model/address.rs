//! A customer's address.

use super::Account;
use crate::values::address::Address;

impl Account {
    /// The address line by line, as its country writes it.
    pub fn address_lines(&self) -> Vec<String> {
        let address = Address {
            line_1: self.address_line1.clone(),
            line_2: self.address_line2.clone(),
            city: self.city.clone(),
            state: self.state.clone(),
            postal_code: self.postal_code.clone(),
        };
        address.lines(self.country)
    }
}
