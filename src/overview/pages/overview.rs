//! A customer's first page.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{AttestAgreements, PlaceOrders, SeeCustomers};
use crate::error::Result;
use crate::language::filters;
use crate::overview::model::{Event, Helper, Overview, Wrong};
use crate::overview::reading;
use crate::values::id::CustomerId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "overview/show.html")]
struct OverviewPage {
    shell: Shell,
    overview: Overview,
    is_provider: bool,
    may_order: bool,
    may_attest: bool,
}

/// `GET /customers/{id}`
pub async fn show(ask: Ask<SeeCustomers>, id: web::Path<CustomerId>) -> Result<HttpResponse> {
    let today = Moment::now().day();
    let overview = ask.read(move |conn, by| reading::overview(conn, by, &id, today)).await?;
    ask.page(&OverviewPage {
        shell: ask.shell(),
        is_provider: ask.by.is_provider(),
        may_order: ask.by.may::<PlaceOrders>(),
        may_attest: ask.by.may::<AttestAgreements>(),
        overview,
    })
}

impl OverviewPage {
    /// The names of those that administer the customer: its provider, unless the customer took that away or has not
    /// agreed to it again, and resellers.
    fn administering(&self) -> Vec<&str> {
        let account = &self.overview.account;
        let lasts = account.customer.is_delegated && account.customer.ended_at.is_none();
        let provider = lasts.then_some(account.provider_name.as_str());
        provider.into_iter().chain(account.resellers()).collect()
    }
}
