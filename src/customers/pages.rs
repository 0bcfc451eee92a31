//! The pages about customers.

pub mod account;
pub mod admin_password;
pub mod agreement;
pub mod export;
pub mod list;

use actix_web::{HttpResponse, web};

use crate::access::permission::SeeCustomers;
use crate::error::{Error, Result};
use crate::paths;
use crate::values::id::CustomerId;
use crate::web::{Ask, see_other};

/// `GET /customers/{id}`: a customer's first page is its subscriptions.
pub async fn show(_ask: Ask<SeeCustomers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    Ok(see_other(paths::subscriptions::of_customer(&id)))
}

fn customer_id(text: &str) -> Result<CustomerId> {
    CustomerId::parse(text).ok_or(Error::NotFound)
}
