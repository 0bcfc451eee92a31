//! The companies of the customers, which are organisations of their own, and who signs in for them.

use super::customers::Customer;
use super::office::zone_of;
use super::random::id;
use super::rows::{CustomerRow, CustomerUserRow, OrganisationRow, PersonRow};
use crate::access::OrganisationKind;
use crate::partners::model::OrganisationState;
use crate::values::currency::Currency;
use crate::values::id::{CustomerUserId, PersonId};
use crate::values::name::sort_name;
use crate::values::password::PasswordHash;
use crate::values::person::full_name;

/// The company of a customer, which is billed in its provider's currency. It repeats whom to write to; all else
/// stands in the account.
pub fn company_row(customer: &CustomerRow, currency: Currency) -> OrganisationRow {
    OrganisationRow {
        id: customer.tenant_id,
        kind: OrganisationKind::Customer,
        name: customer.company_name.clone(),
        country: customer.country,
        currency,
        state: OrganisationState::Enrolled,
        support_email: String::new(),
        support_telephone: String::new(),
        support_website: String::new(),
        created_at: customer.created_at,
        sort_name: customer.sort_name.clone(),
        address_line1: String::new(),
        city: String::new(),
        address_state: String::new(),
        postal_code: String::new(),
        contact_first_name: customer.first_name.clone(),
        contact_last_name: customer.last_name.clone(),
        contact_email: customer.email.clone(),
        contact_phone: customer.phone.clone(),
        name_key: customer.name_key.clone(),
    }
}

impl Customer<'_> {
    /// Whoever administers everything at the customer.
    pub fn admin(&self, row: &CustomerRow, password: &PasswordHash) -> PersonRow {
        let name = full_name(row.country, &row.first_name, &row.middle_name, &row.last_name);
        PersonRow {
            id: self.admin_id(),
            organisation_id: row.tenant_id,
            sort_name: sort_name(&name),
            name,
            email: format!("admin@{}", row.domain),
            password_hash: password.clone(),
            must_change_password: false,
            state: "active",
            time_zone: zone_of(row.country).name(),
            created_at: row.created_at,
            mailbox_proved_at: None,
            password_set_at: Some(row.created_at),
            invited_at: None,
            deactivated_at: None,
        }
    }

    /// The same among the customer's users.
    pub fn user(&self, row: &CustomerRow) -> CustomerUserRow {
        CustomerUserRow {
            id: CustomerUserId::from_number(id("customer user", self.index.into())),
            customer_id: row.id,
            user_name: format!("admin@{}", row.domain),
            is_first_admin: true,
            created_at: row.created_at,
            person_id: Some(self.admin_id()),
            first_name: row.first_name.clone(),
            last_name: row.last_name.clone(),
            location: row.country.code().to_owned(),
            added_by_name: self.agent.name.to_owned(),
            deleted_at: None,
        }
    }

    pub fn admin_id(&self) -> PersonId {
        PersonId::from_number(id("customer admin", self.index.into()))
    }
}
