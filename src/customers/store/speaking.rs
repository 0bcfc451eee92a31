//! Who may speak for a company that has accounts here, where somebody outside of them asks.

use diesel::prelude::*;

use super::Row;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::customers;
use crate::error::Result;
use crate::partners::facts::founding_contact;
use crate::people;
use crate::values::email::Email;
use crate::values::id::OrganisationId;

/// The account with this primary domain for which whoever reads a mailbox may speak: the company was added with the address
/// as that of its primary contact, or its administrator signs in with it.
///
/// Knowing a domain proves nothing, nor does what an account calls its primary contact: partners correct that, and one of
/// their people could let another partner in by it. Whom a company was added with is what its first provider said of it, so
/// that counts only as long as that provider administers the company: it could let itself in anyway. An ended or
/// undelegated account makes nobody a speaker any more.
///
/// # Errors
/// Database errors.
pub fn account_for(conn: &mut Connection, domain: &str, mailbox: &Email) -> Result<Option<Customer>> {
    let rows: Vec<Row> = customers::table
        .filter(customers::domain.eq(domain))
        .filter(customers::ended_at.is_null())
        .filter(customers::is_delegated.eq(true))
        .order((customers::created_at, customers::id))
        .select(Row::as_select())
        .load(conn)?;
    for customer in rows.into_iter().map(Customer::from) {
        let company = &customer.company;
        let is_first = customer.id.company() == *company;
        let is_named = is_first && founding_contact(conn, company)? == mailbox.as_str();
        if is_named || people::facts::administers(conn, company, mailbox)? {
            return Ok(Some(customer));
        }
    }
    Ok(None)
}

/// The first account of a company, for which its own administrator speaks.
///
/// # Errors
/// Database errors.
pub fn first_account(conn: &mut Connection, company: &OrganisationId) -> Result<Option<Customer>> {
    let row: Option<Row> = customers::table
        .filter(customers::tenant_id.eq(company))
        .order((customers::created_at, customers::id))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Customer::from))
}

/// The account that a provider has of a company, ended or not.
///
/// # Errors
/// Database errors.
pub fn account_with(
    conn: &mut Connection,
    provider: &OrganisationId,
    company: &OrganisationId,
) -> Result<Option<Customer>> {
    let row: Option<Row> = customers::table
        .filter(customers::tenant_id.eq(company))
        .filter(customers::provider_id.eq(provider))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Customer::from))
}
