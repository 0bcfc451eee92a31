//! Columns that several queries read and write together.

use diesel::prelude::*;

use crate::access::OrganisationKind;
use crate::db::schema::{locations, organisations};
use crate::partners::model::profile::Contact;
use crate::partners::model::{Location, Organisation, OrganisationState};
use crate::values::address::Address;
use crate::values::country::Country;
use crate::values::currency::Currency;
use crate::values::id::{LocationId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::mpn_id::MpnId;
use crate::values::name::{name_key, sort_name};

/// The address in a table, whose columns are called the same in all of them.
macro_rules! address_columns {
    ($name:ident, $table:ident) => {
        #[derive(Queryable, Selectable, Insertable, AsChangeset)]
        #[diesel(table_name = $table)]
        pub struct $name {
            address_line1: String,
            address_line2: String,
            city: String,
            address_state: String,
            postal_code: String,
        }

        impl From<&Address> for $name {
            fn from(address: &Address) -> Self {
                Self {
                    address_line1: address.line_1.clone(),
                    address_line2: address.line_2.clone(),
                    city: address.city.clone(),
                    address_state: address.state.clone(),
                    postal_code: address.postal_code.clone(),
                }
            }
        }

        impl From<$name> for Address {
            fn from(row: $name) -> Self {
                Self {
                    line_1: row.address_line1,
                    line_2: row.address_line2,
                    city: row.city,
                    state: row.address_state,
                    postal_code: row.postal_code,
                }
            }
        }
    };
}

address_columns!(OrganisationAddress, organisations);
address_columns!(LocationAddress, locations);

/// Whom to turn to in an organisation.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = organisations)]
pub struct ContactColumns {
    pub contact_first_name: String,
    pub contact_last_name: String,
    pub contact_email: String,
    pub contact_phone: String,
}

impl From<&Contact> for ContactColumns {
    fn from(contact: &Contact) -> Self {
        Self {
            contact_first_name: contact.first_name.clone(),
            contact_last_name: contact.last_name.clone(),
            contact_email: contact.email.clone(),
            contact_phone: contact.phone.clone(),
        }
    }
}

impl From<ContactColumns> for Contact {
    fn from(row: ContactColumns) -> Self {
        Self {
            first_name: row.contact_first_name,
            last_name: row.contact_last_name,
            email: row.contact_email,
            phone: row.contact_phone,
        }
    }
}

/// What every organisation is added with.
#[derive(Insertable)]
#[diesel(table_name = organisations)]
pub struct NewOrganisation<'a> {
    id: OrganisationId,
    kind: OrganisationKind,
    name: &'a str,
    sort_name: String,
    name_key: String,
    country: Country,
    currency: Currency,
    state: OrganisationState,
    created_at: Moment,
}

impl<'a> NewOrganisation<'a> {
    pub fn of(organisation: &'a Organisation, now: Moment) -> Self {
        Self {
            id: organisation.id,
            kind: organisation.kind,
            name: &organisation.name,
            sort_name: sort_name(&organisation.name),
            name_key: name_key(&organisation.name),
            country: organisation.country,
            currency: organisation.currency,
            state: organisation.state,
            created_at: now,
        }
    }
}

/// What every location is added with.
#[derive(Insertable)]
#[diesel(table_name = locations)]
pub struct NewLocation<'a> {
    id: LocationId,
    organisation_id: OrganisationId,
    name: &'a str,
    sort_name: String,
    mpn_id: &'a MpnId,
    is_head_office: bool,
    country: Country,
    city: &'a str,
    created_at: Moment,
}

impl<'a> NewLocation<'a> {
    pub fn of(organisation: &OrganisationId, location: &'a Location, now: Moment) -> Self {
        Self {
            id: location.id,
            organisation_id: *organisation,
            name: &location.name,
            sort_name: sort_name(&location.name),
            mpn_id: &location.mpn_id,
            is_head_office: location.is_head_office,
            country: location.country,
            city: &location.city,
            created_at: now,
        }
    }
}
