//! What an organisation says of itself.

use super::OrganisationState;
use crate::access::OrganisationKind;
use crate::values::address::Address;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::values::person::full_name;

/// An organisation in full.
#[derive(Clone, Debug)]
pub struct Profile {
    pub id: OrganisationId,
    /// Never changes, as the country does not: agreements, prices and partnerships hang on both.
    pub kind: OrganisationKind,
    pub country: Country,
    pub currency: Currency,
    pub state: OrganisationState,
    pub created_at: Moment,
    pub details: Details,
    pub version: i32,
}

/// What its Global admin may change. What has not been given is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The legal name.
    pub name: String,
    pub address: Address,
    pub contact: Contact,
    pub support: Support,
}

/// Whom others write to about the organisation itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
}

/// What customers see of the organisation where it is their support contact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Support {
    pub email: String,
    pub telephone: String,
    pub website: String,
}

impl Profile {
    /// The primary contact, as one name in the order of the country; empty when none was given.
    pub fn contact(&self) -> String {
        let contact = &self.details.contact;
        full_name(self.country, &contact.first_name, "", &contact.last_name)
    }
}

impl Details {
    /// Every value as people know it, with the name of its field, in the order of the page.
    pub fn fields(&self, country: Country) -> Vec<(&'static str, &str)> {
        let (contact, support) = (&self.contact, &self.support);
        let people: [(_, &str); 7] = [
            ("first_name", &contact.first_name),
            ("last_name", &contact.last_name),
            ("email", &contact.email),
            ("phone", &contact.phone),
            ("support_email", &support.email),
            ("support_telephone", &support.telephone),
            ("support_website", &support.website),
        ];
        [[("name", self.name.as_str())].as_slice(), &self.address.fields(country), &people].concat()
    }
}

impl Support {
    pub fn is_given(&self) -> bool {
        !(self.email.is_empty() && self.telephone.is_empty() && self.website.is_empty())
    }
}
