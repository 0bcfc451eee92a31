//! The pages about the users of a customer's company.

pub mod assigning;
pub mod credentials;
pub mod customers;
pub mod deletion;
pub mod licenses;
pub mod list;
pub mod new;
pub mod password;
pub mod show;

use crate::error::{Error, Result};
use crate::values::id::{CustomerId, CustomerUserId};

fn customer_id(text: &str) -> Result<CustomerId> {
    CustomerId::parse(text).ok_or(Error::NotFound)
}

fn user_id(text: &str) -> Result<CustomerUserId> {
    CustomerUserId::parse(text).ok_or(Error::NotFound)
}

fn ids((customer, user): &(String, String)) -> Result<(CustomerId, CustomerUserId)> {
    Ok((customer_id(customer)?, user_id(user)?))
}
