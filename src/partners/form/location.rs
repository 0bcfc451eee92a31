//! A location as typed.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::partners::model::location::LocationDetails;
use crate::values::country::Country;
use crate::values::email::Email;
use crate::values::id::LocationId;
use crate::values::mpn_id::MpnId;
use crate::values::name;
use crate::values::typed::printable_line;
use crate::web::address::ruled;
use crate::web::{AddressForm, Problems, three_way};

/// The longest name of somebody at a location.
const CONTACT: usize = 2 * name::PERSON;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LocationForm {
    /// Made with the empty form, so that sending it twice adds one.
    pub id: String,
    pub version: String,
    /// What the fields held when the page was drawn.
    pub opened: String,
    pub name: String,
    pub mpn_id: String,
    /// `yes` or nothing.
    pub head_office: String,
    #[serde(flatten)]
    pub address: AddressForm,
    pub contact: String,
    pub email: String,
    pub phone: String,
}

impl LocationForm {
    pub fn empty() -> Self {
        Self { id: LocationId::new().to_string(), ..Self::default() }
    }

    /// What is kept, as it would be typed.
    pub fn of(details: &LocationDetails, version: i32) -> Self {
        let form = Self {
            version: version.to_string(),
            name: details.name.clone(),
            address: AddressForm::of(&details.address),
            contact: details.contact.clone(),
            email: details.email.clone(),
            phone: details.phone.clone(),
            ..Self::default()
        };
        Self { opened: three_way::opened(&form), ..form }
    }

    /// The same without characters that nobody types and no page may hold.
    #[must_use]
    pub fn printable(mut self) -> Self {
        self.address = self.address.printable();
        for part in [&mut self.name, &mut self.mpn_id, &mut self.contact, &mut self.email, &mut self.phone] {
            *part = printable_line(part);
        }
        self
    }

    pub fn is_head_office(&self) -> bool {
        self.head_office == "yes"
    }

    /// A new location with its MPN ID.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the page.
    pub fn parse_new(&self, country: Country) -> Result<(MpnId, LocationDetails), Problems> {
        let mut problems = Problems::default();
        let mpn_id = problems.field("mpn_id", MpnId::parse(&self.mpn_id));
        let details = self.details(country, &mut problems);
        problems.or(|| Some((mpn_id?, details?)))
    }

    /// What may change of a location.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the page.
    pub fn parse(&self, country: Country) -> Result<LocationDetails, Problems> {
        let mut problems = Problems::default();
        let details = self.details(country, &mut problems);
        problems.or(|| details)
    }

    fn details(&self, country: Country, problems: &mut Problems) -> Option<LocationDetails> {
        let name = problems.field("name", name::required(&self.name, name::COMPANY));
        let address = self.address.parse(Some(country), problems);
        let contact = problems.field("contact", name::required(&self.contact, CONTACT));
        let email = problems.field("email", Email::parse(&self.email));
        let phone = ruled("phone", &self.phone, Some(country), Country::check_phone, problems);
        Some(LocationDetails {
            name: name?,
            address: address?,
            contact: contact?,
            email: email?.to_string(),
            phone: phone?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_text_is_answered(typed in any::<String>()) {
            let form = LocationForm { name: typed.clone(), mpn_id: typed.clone(), contact: typed.clone(), email: typed.clone(), phone: typed, ..LocationForm::empty() };
            let problems = form.printable().parse_new(Country::parse("DE").unwrap()).unwrap_err();
            prop_assert!(problems.at("city").is_some() && problems.at("line_1").is_some());
        }
    }
}
