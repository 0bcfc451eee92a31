//! The first user of a new customer, who administers everything there.

use diesel::prelude::*;

use super::NewRow;
use crate::access::permission::AddCustomers;
use crate::access::{Allowed, Role};
use crate::customers::model::Account;
use crate::db::Connection;
use crate::db::schema::customer_users;
use crate::error::{Error, Result};
use crate::people::{self, store::NewPerson};
use crate::users::facts::first_user_name;
use crate::values::email::Email;
use crate::values::id::{CustomerId, CustomerUserId, PersonId};
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;

/// The first user of a new customer.
#[derive(Clone, Debug)]
pub struct FirstAdmin {
    pub id: CustomerUserId,
    pub person: PersonId,
    /// Of the temporary password, which has to be changed at the first sign-in.
    pub password_hash: PasswordHash,
}

/// Who comes by itself may be anywhere.
const ELSEWHERE: &str = "UTC";

/// Adds the first user of a new customer, under the name of its primary contact; answers `false` when somebody else
/// signs in with that user name. Then the caller's transaction must not be kept.
///
/// # Errors
/// Database errors.
pub fn add(
    conn: &mut Connection,
    by: &Allowed<AddCustomers>,
    whose: (&CustomerId, &Account),
    admin: &FirstAdmin,
    now: Moment,
) -> Result<bool> {
    insert(conn, whose, admin, (by.zone.name(), &by.name), now)
}

/// The same for a company that becomes a customer by itself.
///
/// # Errors
/// Database errors.
pub fn add_by_itself(
    conn: &mut Connection,
    whose: (&CustomerId, &Account),
    admin: &FirstAdmin,
    now: Moment,
) -> Result<bool> {
    insert(conn, whose, admin, (ELSEWHERE, ""), now)
}

fn insert(
    conn: &mut Connection,
    (customer, account): (&CustomerId, &Account),
    admin: &FirstAdmin,
    (zone, added_by): (&str, &str),
    now: Moment,
) -> Result<bool> {
    let user_name = first_user_name(&account.domain);
    let unreadable = |_| Error::Internal(anyhow::anyhow!("nobody can sign in as {user_name}"));
    let person = NewPerson {
        id: admin.person,
        organisation: customer.company(),
        name: account.contact(),
        email: Email::parse(&user_name).map_err(unreadable)?,
        password_hash: admin.password_hash.clone(),
        must_change_password: true,
        time_zone: zone.to_owned(),
        language: None,
        roles: vec![Role::GlobalAdmin],
    };
    if !people::store::add(conn, &person, now)? {
        return Ok(false);
    }
    let row = NewRow {
        id: &admin.id,
        customer_id: *customer,
        user_name: &user_name,
        is_first_admin: true,
        created_at: now,
        person_id: Some(&admin.person),
        first_name: &account.first_name,
        last_name: &account.last_name,
        location: account.country.code(),
        added_by_name: added_by,
    };
    diesel::insert_into(customer_users::table).values(row).execute(conn)?;
    Ok(true)
}

/// Forgets the first user of a customer, with the account, whom nobody has given a password so far. Answers `false` where
/// somebody has. Then the caller's transaction must not be kept.
///
/// # Errors
/// Database errors, where something refers to the user.
pub fn forget_untouched(conn: &mut Connection, customer: &CustomerId) -> Result<bool> {
    let own = customer_users::table
        .filter(customer_users::customer_id.eq(customer))
        .filter(customer_users::is_first_admin.eq(true));
    let person: Option<Option<PersonId>> = own.select(customer_users::person_id).first(conn).optional()?;
    let Some(Some(person)) = person else { return Ok(false) };
    diesel::delete(own).execute(conn)?;
    people::store::forget_untouched(conn, &person)
}
