//! What Confirmation says of a customer who has just been added.

use crate::access::Allowed;
use crate::access::permission::SeeDrafts;
use crate::customers;
use crate::customers::facts::demand_lasting;
use crate::customers::store::delegations;
use crate::db::Connection;
use crate::error::Result;
use crate::qualifications::facts::latest;
use crate::users::facts::{SignIn, first_admin};
use crate::values::id::CustomerId;

/// The first user of a customer, and who administers the customer.
pub struct Setup {
    pub company_name: String,
    pub domain: String,
    /// None once the first user is deleted.
    pub admin: Option<SignIn>,
    pub resellers: Vec<String>,
    /// Whether it is looked at whether it is a school.
    pub is_in_review: bool,
}

/// What was set up for a customer of the viewer's organisation.
///
/// # Errors
/// [`crate::error::Error::NotFound`] when there is no such customer; database errors.
pub fn find(conn: &mut Connection, by: &Allowed<SeeDrafts>, customer: &CustomerId) -> Result<Setup> {
    let customer = customers::store::find(conn, &by.reach(), customer)?;
    demand_lasting(conn, &customer.id)?;
    let admin = first_admin(conn, &customer.company)?;
    let resellers = delegations::names_of_resellers(conn, &customer.id)?;
    let is_in_review = latest(conn, &customer.id)?.is_some_and(|latest| latest.is_open());
    let account = customer.account;
    Ok(Setup { company_name: account.company_name, domain: account.domain, admin, resellers, is_in_review })
}
