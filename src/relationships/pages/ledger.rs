//! A customer's Relationships page.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::customer_id;
use crate::access::permission::{AssociateResellers, DropDelegationPlans, EndDelegations, SeeCustomers};
use crate::error::Result;
use crate::language::filters;
use crate::relationships::store::ledger::{Ledger, find_ledger};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "relationships/ledger.html")]
struct LedgerPage {
    shell: Shell,
    ledger: Ledger,
    is_provider: bool,
    may_associate: bool,
    may_end: bool,
    may_drop: bool,
}

/// `GET /customers/{id}/relationships`
pub async fn show(ask: Ask<SeeCustomers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = customer_id(&id)?;
    let ledger = ask.read(move |conn, by| find_ledger(conn, by, &id)).await?;
    let can_begin = ledger.customer.ended_at.is_none() && ledger.customer.is_delegated;
    ask.page(&LedgerPage {
        shell: ask.shell(),
        is_provider: ask.by.is_provider(),
        may_associate: ask.by.may::<AssociateResellers>() && can_begin,
        may_end: ask.by.may::<EndDelegations>(),
        may_drop: ask.by.may::<DropDelegationPlans>(),
        ledger,
    })
}
