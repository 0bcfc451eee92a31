//! What one or two signs find inside a name, where they are a word.

use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::customer_words;
use crate::values::folding::short_parts;
use crate::values::id::CustomerId;

/// The same for a customer that is called otherwise from now on.
///
/// # Errors
/// Database errors.
pub fn replace(conn: &mut Connection, id: &CustomerId, company_name: &str) -> QueryResult<usize> {
    forget(conn, id)?;
    keep(conn, id, company_name)
}

/// Forgets them with the customer.
///
/// # Errors
/// Database errors.
pub fn forget(conn: &mut Connection, id: &CustomerId) -> QueryResult<usize> {
    diesel::delete(customer_words::table.filter(customer_words::customer_id.eq(id))).execute(conn)
}

/// Keeps the words of a new customer's name, and answers how many rows that took: none for most names.
///
/// # Errors
/// Database errors.
pub fn keep(conn: &mut Connection, id: &CustomerId, company_name: &str) -> QueryResult<usize> {
    let parts = short_parts(company_name);
    if parts.is_empty() {
        return Ok(0);
    }
    let row = (customer_words::customer_id.eq(id), customer_words::parts.eq(parts));
    diesel::insert_into(customer_words::table).values(row).execute(conn)
}
