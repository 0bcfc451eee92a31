//! What counts as a customer's special qualification: it opens offers, and the cases of `qualifications` change it.

use diesel::prelude::*;

use super::Row;
use crate::access::Allowed;
use crate::access::permission::DecideQualifications;
use crate::catalog::model::Qualification;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::customers;
use crate::error::Result;
use crate::values::id::CustomerId;

/// The customer that somebody decides about, whosever it is.
///
/// # Errors
/// [`crate::error::Error::NotFound`]; database errors.
pub fn subject(
    conn: &mut Connection,
    _by: &Allowed<DecideQualifications>,
    id: &CustomerId,
) -> Result<Customer> {
    let row: Row = customers::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}

/// Lets another qualification count from now on, with the code that it takes, if the one that was read still counts.
/// The caller has found the customer within reach, and records it.
///
/// # Errors
/// Database errors.
pub fn change(
    conn: &mut Connection,
    id: &CustomerId,
    (from, to): (Qualification, Qualification),
    code: &str,
) -> Result<bool> {
    let as_read = customers::table.filter(customers::id.eq(id)).filter(customers::qualification.eq(from));
    let changed = diesel::update(as_read)
        .set((
            customers::qualification.eq(to),
            customers::validation_code.eq(code),
            customers::version.eq(customers::version + 1),
        ))
        .execute(conn)?;
    Ok(changed == 1)
}
