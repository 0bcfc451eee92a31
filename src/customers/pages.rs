//! The pages about customers.

use actix_web::{HttpResponse, web};

use crate::access::Allowed;
use crate::access::permission::SeeCustomers;
use crate::error::{Error, Result};
use crate::values::id::CustomerId;
use crate::web::see_other;

/// `GET /customers/{id}`: a customer's first page is its subscriptions.
pub async fn show(_may: Allowed<SeeCustomers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = CustomerId::parse(&id).ok_or(Error::NotFound)?;
    Ok(see_other(format!("/customers/{id}/subscriptions")))
}
