//! Organisations and their locations.

pub mod agreement;
pub mod contact;
pub mod eligibility;
pub mod founding;
pub mod location;
pub mod profile;

use crate::access::OrganisationKind;
use crate::text_enum;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::{LocationId, OrganisationId};
use crate::values::mpn_id::MpnId;

text_enum! {
    /// How far an organisation has come.
    pub enum OrganisationState {
        Enrolling = "enrolling",
        Enrolled = "enrolled",
        /// Signs in and reads, starts nothing new.
        Suspended = "suspended",
    }
}

/// An operator, a provider, a reseller, or a customer's company.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub id: OrganisationId,
    pub kind: OrganisationKind,
    pub name: String,
    pub country: Country,
    pub currency: Currency,
    pub state: OrganisationState,
}

/// A place of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    pub id: LocationId,
    pub name: String,
    pub mpn_id: MpnId,
    /// The head office's MPN ID cannot earn incentives.
    pub is_head_office: bool,
    pub country: Country,
    pub city: String,
}

impl Location {
    /// Its name with the city, where that says more.
    pub fn shown(&self) -> String {
        match self.city.as_str() {
            "" => self.name.clone(),
            city if city == self.name => self.name.clone(),
            city => format!("{}, {city}", self.name),
        }
    }
}

/// Whose location has an MPN ID.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    pub organisation: OrganisationId,
    pub name: String,
    pub city: String,
}
