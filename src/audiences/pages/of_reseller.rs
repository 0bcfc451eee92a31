//! On which offers a reseller cannot be named.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::SeeResellers;
use crate::audiences::facts::closed_to;
use crate::catalog::facts::{Titled, titled};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::partnerships::directory::{ResellerChoice, partner_choices};
use crate::values::id::{OfferId, OrganisationId};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "audiences/of_reseller.html")]
struct OfResellerPage {
    shell: Shell,
    reseller: ResellerChoice,
    closed: Vec<Titled>,
}

/// `GET /resellers/{id}/offers`
pub async fn show(ask: Ask<SeeResellers>, id: web::Path<OrganisationId>) -> Result<HttpResponse> {
    let (reseller, closed) = ask
        .read(move |conn, by| {
            let provider = &by.organisation.id;
            let mut choices = partner_choices(conn, provider)?.into_iter();
            let reseller = choices.find(|one| one.id == *id).ok_or(Error::NotFound)?;
            let closed: Vec<OfferId> = closed_to(conn, provider, &reseller.id)?.into_iter().collect();
            Ok((reseller, titled(conn, &closed)?))
        })
        .await?;
    ask.page(&OfResellerPage { shell: ask.shell(), reseller, closed })
}
