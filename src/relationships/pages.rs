//! The pages about who looks after a customer.

pub mod arrangement;
pub mod ending;
pub mod ledger;
pub mod plan;
pub mod prolongation;

use crate::error::{Error, Result};
use crate::values::id::{CustomerId, DelegationId};

fn customer_id(text: &str) -> Result<CustomerId> {
    CustomerId::parse(text).ok_or(Error::NotFound)
}

fn parsed((customer, delegation): &(String, String)) -> Result<(CustomerId, DelegationId)> {
    Ok((customer_id(customer)?, DelegationId::parse(delegation).ok_or(Error::NotFound)?))
}
