//! The people of a customer, by their full names.

use super::{Account, Agreement};
use crate::language::Language;
use crate::values::country::{Country, tongue};
use crate::values::person::full_name;

impl Account {
    /// In which language the customer is written to: its code, and the country that speaks it so.
    pub fn language(&self) -> (&str, Option<Country>) {
        tongue(&self.culture)
    }

    /// The same, where letters have words in it.
    pub fn letter_language(&self) -> Option<Language> {
        Language::fitting(&self.culture)
    }

    /// The primary contact, as one name in the order of the country.
    pub fn contact(&self) -> String {
        full_name(self.country, &self.first_name, &self.middle_name, &self.last_name)
    }

    /// Who accepted the customer agreement; empty for nobody.
    pub fn accepted_by(&self) -> String {
        match &self.agreement {
            Agreement::Accepted { first_name, last_name, .. } => {
                full_name(self.country, first_name, "", last_name)
            }
            Agreement::Awaited => String::new(),
        }
    }
}
