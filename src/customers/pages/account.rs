//! A customer's Account page.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::Allowed;
use crate::access::permission::{
    AssociateResellers, AttestAgreements, EndDelegations, ResetCustomerPasswords, SeeCustomers,
};
use crate::customers::model::Agreement;
use crate::customers::store;
use crate::customers::store::account::CustomerAccount;
use crate::db::Db;
use crate::error::Result;
use crate::web::{Shell, page};

#[derive(Template)]
#[template(path = "customers/account.html")]
struct CustomerAccountPage {
    shell: Shell,
    held: CustomerAccount,
    is_provider: bool,
    may_associate: bool,
    may_attest: bool,
    may_end: bool,
    may_reset: bool,
}

/// `GET /customers/{id}/account`
pub async fn show(
    shell: Shell,
    may: Allowed<SeeCustomers>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, reach) = (customer_id(&id)?, may.reach());
    let held = db.read(move |conn| store::account::find(conn, &reach, &id)).await?;
    page(&CustomerAccountPage {
        shell,
        held,
        is_provider: may.is_provider(),
        may_associate: may.may::<AssociateResellers>(),
        may_attest: may.may::<AttestAgreements>(),
        may_end: may.may::<EndDelegations>(),
        may_reset: may.may::<ResetCustomerPasswords>(),
    })
}
