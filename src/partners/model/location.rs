//! A location in full.

use crate::values::address::Address;
use crate::values::country::Country;
use crate::values::id::LocationId;
use crate::values::mpn_id::MpnId;

/// A place of an organisation with all that is known of it. It is never removed: orders and incentives name it.
#[derive(Clone, Debug)]
pub struct FullLocation {
    pub id: LocationId,
    /// Never changes, as the head office stays the head office.
    pub mpn_id: MpnId,
    pub is_head_office: bool,
    /// The organisation's.
    pub country: Country,
    pub details: LocationDetails,
    pub version: i32,
}

/// What may change of a location.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocationDetails {
    pub name: String,
    pub address: Address,
    /// Who answers there, with first and last name.
    pub contact: String,
    pub email: String,
    pub phone: String,
}

impl LocationDetails {
    /// Every value as people know it, with the name of its field, in the order of the page.
    pub fn fields(&self, country: Country) -> Vec<(&'static str, &str)> {
        let contact: [(_, &str); 3] =
            [("contact", &self.contact), ("email", &self.email), ("phone", &self.phone)];
        [[("name", self.name.as_str())].as_slice(), &self.address.fields(country), &contact].concat()
    }
}
