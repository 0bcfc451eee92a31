//! A customer's address, and its account value by value.

use super::Account;
use crate::values::address::Address;

impl Account {
    fn address(&self) -> Address {
        Address {
            line_1: self.address_line1.clone(),
            line_2: self.address_line2.clone(),
            city: self.city.clone(),
            state: self.state.clone(),
            postal_code: self.postal_code.clone(),
        }
    }

    /// The address line by line, as its country writes it.
    pub fn address_lines(&self) -> Vec<String> {
        self.address().lines(self.country)
    }

    /// Every value that can be changed, as people know it, with the name of its field in the log.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let address = self.address();
        let address = address.fields(self.country).map(|(field, value)| (field, value.to_owned()));
        let others = [
            ("culture", self.culture.as_str()),
            ("registration", &self.registration_id),
            ("first_name", &self.first_name),
            ("last_name", &self.last_name),
            ("middle_name", &self.middle_name),
            ("email", self.email.as_str()),
            ("phone", &self.phone),
        ];
        let others = others.map(|(field, value)| (field, value.to_owned()));
        let company = ("company", self.company_name.clone());
        std::iter::once(company).chain(address).chain(others).collect()
    }
}
