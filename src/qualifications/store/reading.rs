//! How the special qualification of a customer stands, and all that was asked before.

use diesel::prelude::*;

use crate::access::Viewer;
use crate::customers;
use crate::customers::model::Customer;
use crate::db::Connection;
use crate::db::schema::qualification_reviews as reviews;
use crate::error::Result;
use crate::qualifications::facts::Row;
use crate::qualifications::model::{Review, mark_of};
use crate::values::id::CustomerId;

/// A customer with its cases, the newest first.
#[derive(Clone, Debug)]
pub struct Standing {
    pub customer: Customer,
    pub reviews: Vec<Review>,
}

impl Standing {
    pub fn latest(&self) -> Option<&Review> {
        self.reviews.first()
    }

    /// The case that waits for a decision.
    pub fn open(&self) -> Option<&Review> {
        self.latest().filter(|latest| latest.is_open())
    }

    /// Names what a page shows of it.
    pub fn mark(&self) -> String {
        mark_of(self.customer.account.qualification, self.latest())
    }
}

/// How a customer within reach stands.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when it is beyond; database errors.
pub fn standing(conn: &mut Connection, by: &Viewer, id: &CustomerId) -> Result<Standing> {
    let customer = customers::store::find(conn, &by.reach(), id)?;
    Ok(Standing { reviews: all_of(conn, id)?, customer })
}

/// All cases of a customer, the newest first.
pub(super) fn all_of(conn: &mut Connection, customer: &CustomerId) -> Result<Vec<Review>> {
    let rows: Vec<Row> = reviews::table
        .filter(reviews::customer_id.eq(customer))
        .order((reviews::asked_at.desc(), reviews::id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Review::from).collect())
}
