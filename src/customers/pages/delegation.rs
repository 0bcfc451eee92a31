//! Ending what a reseller may do for a customer.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::Allowed;
use crate::access::permission::EndDelegations;
use crate::customers::said::Said;
use crate::customers::store::ending::{self, Ended, Ending};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::paths;
use crate::values::id::{CustomerId, DelegationId};
use crate::values::moment::Moment;
use crate::web::{Shell, page, say, see_other};

#[derive(Template)]
#[template(path = "customers/end_delegation.html")]
struct EndDelegationPage {
    shell: Shell,
    ending: Ending,
}

/// `GET /customers/{id}/delegations/{delegation id}/end`
pub async fn edit(
    shell: Shell,
    may: Allowed<EndDelegations>,
    db: web::Data<Db>,
    ids: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (customer, delegation) = parsed(&ids)?;
    let ending = db.read(move |conn| ending::facts(conn, &may, &customer, &delegation)).await?;
    page(&EndDelegationPage { shell, ending })
}

/// `POST /customers/{id}/delegations/{delegation id}/end`
pub async fn destroy(
    (shell, session): (Shell, Session),
    may: Allowed<EndDelegations>,
    db: web::Data<Db>,
    ids: web::Path<(String, String)>,
) -> Result<HttpResponse> {
    let (customer, delegation) = parsed(&ids)?;
    let (of, now) = (customer.clone(), Moment::now());
    let ended = db.write(move |conn| ending::end(conn, &may, &of, &delegation, now)).await?;
    let said = match &ended {
        Ended::Now { reseller } => Said::DelegationEnded { reseller },
        Ended::Already { reseller } => Said::DelegationEndedAlready { reseller },
    };
    say(&session, &shell, &said)?;
    Ok(see_other(paths::customers::account(&customer)))
}

pub(super) fn parsed((customer, delegation): &(String, String)) -> Result<(CustomerId, DelegationId)> {
    Ok((customer_id(customer)?, DelegationId::parse(delegation).ok_or(Error::NotFound)?))
}
