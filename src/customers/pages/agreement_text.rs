//! A text of the customer agreement that a customer accepted by itself, to be read again.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::SeeCustomers;
use crate::agreements::model::Text;
use crate::agreements::store::texts;
use crate::customers::model::Customer;
use crate::customers::store::{acceptances, find};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::values::id::CustomerAgreementId;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "customers/agreement_text.html")]
struct AgreementTextPage {
    shell: Shell,
    customer: Customer,
    text: Text,
}

/// `GET /customers/{id}/agreement/{text}`
pub async fn show(
    ask: Ask<SeeCustomers>,
    of: web::Path<(String, CustomerAgreementId)>,
) -> Result<HttpResponse> {
    let (id, text) = of.into_inner();
    let id = customer_id(&id)?;
    let (customer, text) = ask
        .read(move |conn, by| {
            let customer = find(conn, &by.reach(), &id)?;
            if !acceptances::has_read(conn, &id, &text)? {
                return Err(Error::NotFound);
            }
            Ok((customer, texts::find(conn, &text)?))
        })
        .await?;
    ask.page(&AgreementTextPage { shell: ask.shell(), customer, text })
}
