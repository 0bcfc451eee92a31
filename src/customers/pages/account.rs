//! A customer's Account page.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::Allowed;
use crate::access::permission::{
    AskForAgreements, AssociateResellers, AttestAgreements, EndDelegations, FollowAgreementRequests,
    ResetCustomerPasswords, SeeCustomers,
};
use crate::agreements::model::{Request, Subject};
use crate::agreements::store::requests;
use crate::customers::model::{Agreement, Proof};
use crate::customers::store;
use crate::customers::store::account::CustomerAccount;
use crate::db::Db;
use crate::error::Result;
use crate::links::model::Standing;
use crate::values::moment::Moment;
use crate::web::{Shell, page};

#[derive(Template)]
#[template(path = "customers/account.html")]
struct CustomerAccountPage {
    shell: Shell,
    held: CustomerAccount,
    is_provider: bool,
    /// The last request to accept the customer agreement; the provider's own concern.
    asked: Option<(Request, Standing)>,
    may_ask: bool,
    may_follow: bool,
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
    let (own, now) = (may.organisation.id.clone(), Moment::now());
    let (held, asked) = db
        .read(move |conn| {
            let held = store::account::find(conn, &reach, &id)?;
            Ok((held, requests::latest_of(conn, &own, &Subject::Customer(id.clone()))?))
        })
        .await?;
    page(&CustomerAccountPage {
        shell,
        held,
        is_provider: may.is_provider(),
        asked: asked.map(|request| (request.clone(), request.standing(now))),
        may_ask: may.may::<AskForAgreements>(),
        may_follow: may.may::<FollowAgreementRequests>(),
        may_associate: may.may::<AssociateResellers>(),
        may_attest: may.may::<AttestAgreements>(),
        may_end: may.may::<EndDelegations>(),
        may_reset: may.may::<ResetCustomerPasswords>(),
    })
}

impl CustomerAccountPage {
    /// Whether asking makes sense: nothing is accepted, and no link is under way.
    fn can_be_asked(&self) -> bool {
        let is_under_way = self.asked.as_ref().is_some_and(|(_, standing)| *standing == Standing::Open);
        self.may_ask && !is_under_way && !self.held.customer.account.agreement.is_accepted()
    }
}
