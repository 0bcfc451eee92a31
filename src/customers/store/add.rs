//! A new customer with its first admin user.

use diesel::prelude::*;

use super::agreement::AgreementColumns;
use super::{acceptances, words};
use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers::model::{Account, search_text};
use crate::db::schema::{customer_users, customers};
use crate::db::{Connection, unless_taken};
use crate::error::Result;
use crate::values::id::{CustomerId, CustomerUserId};
use crate::values::moment::Moment;
use crate::values::name::{name_key, sort_name};
use crate::values::password::PasswordHash;

/// Whether no customer of anybody has this domain.
///
/// # Errors
/// Database errors.
pub fn is_domain_free(conn: &mut Connection, domain: &str) -> Result<bool> {
    let holder: Option<CustomerId> =
        customers::table.filter(customers::domain.eq(domain)).select(customers::id).first(conn).optional()?;
    Ok(holder.is_none())
}

/// Adds a customer to the viewer's organisation; answers `false` when its domain is taken.
///
/// # Errors
/// Database errors.
pub fn add(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    id: &CustomerId,
    account: &Account,
    now: Moment,
) -> Result<bool> {
    let agreement = AgreementColumns::of(&account.agreement, &by.name);
    let is_free = unless_taken(conn, |conn| {
        diesel::insert_into(customers::table)
            .values((
                (
                    customers::id.eq(id),
                    customers::provider_id.eq(&by.organisation.id),
                    customers::company_name.eq(&account.company_name),
                    customers::sort_name.eq(sort_name(&account.company_name)),
                    customers::name_key.eq(name_key(&account.company_name)),
                    customers::domain.eq(&account.domain),
                    customers::search_text.eq(search_text(&account.company_name, &account.domain, id)),
                ),
                (
                    customers::country.eq(account.country),
                    customers::address_line1.eq(&account.address_line1),
                    customers::address_line2.eq(&account.address_line2),
                    customers::city.eq(&account.city),
                    customers::state.eq(&account.state),
                    customers::postal_code.eq(&account.postal_code),
                ),
                (
                    customers::first_name.eq(&account.first_name),
                    customers::middle_name.eq(&account.middle_name),
                    customers::last_name.eq(&account.last_name),
                    customers::email.eq(&account.email),
                    customers::phone.eq(&account.phone),
                    customers::registration_id.eq(&account.registration_id),
                    customers::culture.eq(&account.culture),
                    customers::qualification.eq(account.qualification),
                    customers::validation_code.eq(&account.validation_code),
                ),
                agreement,
                (customers::created_at.eq(now), customers::version.eq(1)),
            ))
            .execute(conn)?;
        words::keep(conn, id, &account.company_name)
    })?;
    if is_free {
        acceptances::keep(conn, id, (&account.agreement, &by.name), now)?;
    }
    Ok(is_free)
}

/// The first user of a new customer, who administers everything there.
#[derive(Clone, Debug)]
pub struct FirstAdmin {
    pub id: CustomerUserId,
    /// Of the temporary password, which has to be changed at the first sign-in.
    pub password_hash: PasswordHash,
}

impl FirstAdmin {
    /// The name under which the first user of a customer with this domain signs in.
    pub fn user_name(domain: &str) -> String {
        format!("admin@{domain}")
    }
}

/// Adds the first user of a new customer.
///
/// # Errors
/// Database errors.
pub fn add_first_admin(
    conn: &mut Connection,
    _by: &Allowed<AddCustomers>,
    (customer, domain): (&CustomerId, &str),
    admin: &FirstAdmin,
    now: Moment,
) -> Result<()> {
    diesel::insert_into(customer_users::table)
        .values((
            customer_users::id.eq(&admin.id),
            customer_users::customer_id.eq(customer),
            customer_users::user_name.eq(FirstAdmin::user_name(domain)),
            customer_users::is_first_admin.eq(true),
            customer_users::password_hash.eq(&admin.password_hash),
            customer_users::must_change_password.eq(true),
            customer_users::password_set_at.eq(now),
            customer_users::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
