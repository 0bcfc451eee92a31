//! What others ask about the users of a customer's company.

use diesel::prelude::*;

pub use super::model::SignIn;
use crate::db::Connection;
use crate::db::among::is_among;
use crate::db::schema::customer_users;
use crate::error::Result;
use crate::people::facts::{Credentials, is_active, person};
use crate::values::id::{CustomerUserId, OrganisationId};
use crate::values::moment::Moment;

/// The name under which the first user of a customer with this domain signs in.
pub fn first_user_name(domain: &str) -> String {
    format!("admin@{domain}")
}

/// How the first user of a company signs in, who administers everything; none where that user is deleted.
///
/// # Errors
/// Database errors.
pub fn first_admin(conn: &mut Connection, company: &OrganisationId) -> Result<Option<SignIn>> {
    let row: Option<Row> = customer_users::table
        .inner_join(person(customer_users::person_id.assume_not_null()))
        .filter(customer_users::customer_id.eq(company.first_account()))
        .filter(customer_users::is_first_admin.eq(true))
        .filter(is_active())
        .order(customer_users::created_at)
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(SignIn::from))
}

/// How a user of a company signs in who is not deleted.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn sign_in_of(conn: &mut Connection, company: &OrganisationId, user: &CustomerUserId) -> Result<SignIn> {
    let row: Row = customer_users::table
        .inner_join(person(customer_users::person_id.assume_not_null()))
        .filter(customer_users::customer_id.eq(company.first_account()))
        .filter(customer_users::id.eq(user))
        .filter(is_active())
        .select(Row::as_select())
        .first(conn)?;
    Ok(row.into())
}

/// The passwords of some users.
///
/// # Errors
/// Database errors.
pub fn credentials_of(
    conn: &mut Connection,
    users: &[CustomerUserId],
) -> Result<Vec<(CustomerUserId, Credentials)>> {
    Ok(customer_users::table
        .inner_join(person(customer_users::person_id.assume_not_null()))
        .filter(is_among(customer_users::id, users))
        .select((customer_users::id, Credentials::as_select()))
        .load(conn)?)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customer_users)]
struct Row {
    id: CustomerUserId,
    created_at: Moment,
    #[diesel(embed)]
    credentials: Credentials,
}

impl From<Row> for SignIn {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            person: row.credentials.person,
            user_name: row.credentials.email.as_str().to_owned(),
            password_hash: row.credentials.password_hash,
            password_set_at: row.credentials.password_set_at.unwrap_or(row.created_at),
            must_change_password: row.credentials.must_change_password,
        }
    }
}
