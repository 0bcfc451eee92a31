//! What a customer's Account page shows.

use super::{acceptances, delegations, find as find_customer};
use crate::access::Reach;
use crate::customers::model::{Acceptance, Customer, Delegation};
use crate::db::Connection;
use crate::error::Result;
use crate::partners::facts::name_of;
use crate::users::facts::{SignIn, first_admin};
use crate::values::id::CustomerId;

/// A customer with its first admin user and those who administer it.
#[derive(Clone, Debug)]
pub struct CustomerAccount {
    pub customer: Customer,
    pub provider_name: String,
    pub admin: Option<SignIn>,
    /// For a provider's people all, the ended ones last; for a reseller's people their own.
    pub delegations: Vec<Delegation>,
    /// Who accepted the customer agreement, the one that was recorded last first.
    pub acceptances: Vec<Acceptance>,
}

impl CustomerAccount {
    /// The names of the resellers that administer the customer.
    pub fn resellers(&self) -> Vec<&str> {
        let lasting = self.delegations.iter().filter(|delegation| delegation.ended_at.is_none());
        lasting.map(|delegation| delegation.reseller_name.as_str()).collect()
    }
}

/// The account of a customer within reach.
///
/// # Errors
/// [`Error::NotFound`] when it is beyond; database errors.
pub fn find(conn: &mut Connection, reach: &Reach, id: &CustomerId) -> Result<CustomerAccount> {
    let customer = find_customer(conn, reach, id)?;
    let provider_name = name_of(conn, &customer.provider)?;
    let mut delegations = delegations::of_customer(conn, id)?;
    if let Reach::Reseller(reseller) = reach {
        delegations.retain(|delegation| delegation.reseller == *reseller && delegation.ended_at.is_none());
    }
    // Who only sells to a company that has another provider, too, learns nothing of its users.
    let is_own = customer.company == id.company() || customer.is_administered_within(reach);
    let admin = if is_own { first_admin(conn, &customer.company)? } else { None };
    let acceptances = acceptances::all_of(conn, id)?;
    Ok(CustomerAccount { admin, customer, provider_name, delegations, acceptances })
}
