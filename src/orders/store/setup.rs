//! What Confirmation says of a customer who has just been added.

use diesel::prelude::*;

use crate::access::Allowed;
use crate::access::permission::SeeDrafts;
use crate::customers;
use crate::db::Connection;
use crate::db::schema::{customer_users, delegations, organisations};
use crate::error::Result;
use crate::values::id::CustomerId;
use crate::values::password::PasswordHash;

/// The first user of a customer, and who administers the customer.
pub struct Setup {
    pub company_name: String,
    pub domain: String,
    pub user_name: String,
    /// Tells whether a password in hand is still the right one.
    pub password_hash: PasswordHash,
    pub resellers: Vec<String>,
}

/// What was set up for a customer of the viewer's organisation.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such customer; database errors.
pub fn find(conn: &mut Connection, by: &Allowed<SeeDrafts>, customer: &CustomerId) -> Result<Setup> {
    let customer = customers::store::find(conn, &by.reach(), customer)?;
    let user: UserRow = customer_users::table
        .filter(customer_users::customer_id.eq(&customer.id))
        .filter(customer_users::is_first_admin.eq(true))
        .select(UserRow::as_select())
        .first(conn)?;
    let resellers = delegations::table
        .inner_join(organisations::table.on(organisations::id.eq(delegations::reseller_id)))
        .filter(delegations::customer_id.eq(&customer.id))
        .filter(delegations::ended_at.is_null())
        .order((delegations::since, delegations::id))
        .select(organisations::name)
        .load(conn)?;
    let account = customer.account;
    Ok(Setup {
        company_name: account.company_name,
        domain: account.domain,
        user_name: user.user_name,
        password_hash: user.password_hash,
        resellers,
    })
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customer_users)]
struct UserRow {
    user_name: String,
    password_hash: PasswordHash,
}
