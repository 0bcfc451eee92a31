//! Ending what a reseller may do for a customer.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::EndDelegations;
use crate::customers::said::Said;
use crate::customers::store::ending::{self, Ended, Ending};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::values::id::{CustomerId, DelegationId};
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "customers/end_delegation.html")]
struct EndDelegationPage {
    shell: Shell,
    ending: Ending,
}

/// `GET /customers/{id}/delegations/{delegation id}/end`
pub async fn edit(ask: Ask<EndDelegations>, ids: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (customer, delegation) = parsed(&ids)?;
    let ending = ask.read(move |conn, by| ending::facts(conn, by, &customer, &delegation)).await?;
    ask.page(&EndDelegationPage { shell: ask.shell(), ending })
}

/// `POST /customers/{id}/delegations/{delegation id}/end`
pub async fn destroy(ask: Ask<EndDelegations>, ids: web::Path<(String, String)>) -> Result<HttpResponse> {
    let (customer, delegation) = parsed(&ids)?;
    let (of, now) = (customer, Moment::now());
    let ended = ask.write(move |conn, by| ending::end(conn, by, &of, &delegation, now)).await?;
    let said = match &ended {
        Ended::Now { reseller } => Said::DelegationEnded { reseller },
        Ended::Already { reseller } => Said::DelegationEndedAlready { reseller },
    };
    ask.done(&said, paths::customers::account(&customer))
}

pub(super) fn parsed((customer, delegation): &(String, String)) -> Result<(CustomerId, DelegationId)> {
    Ok((customer_id(customer)?, DelegationId::parse(delegation).ok_or(Error::NotFound)?))
}
