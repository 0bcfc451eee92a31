//! What the customer has, to read. Prices stand between its provider and it, and are not shown: what a provider is billed
//! is not what it bills.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::SeeOwnSubscriptions;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::subscriptions::store::own::{self, OwnRow};
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "self_service/subscriptions.html")]
struct SubscriptionsPage {
    shell: Shell,
    rows: Vec<OwnRow>,
    pager: Pager,
    /// Whether the page lies behind the last subscription.
    is_beyond: bool,
}

/// `GET /own/subscriptions`
pub async fn list(
    ask: Ask<SeeOwnSubscriptions>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (portion, today) = (cursor.portion(), Moment::now().day());
    let is_beyond = !portion.is_first();
    let found = ask.read(move |conn, by| own::page_of(conn, by, today, &portion)).await?;
    ask.page(&SubscriptionsPage {
        pager: Pager::new(&found, paths::self_service::subscriptions(), &()),
        rows: found.rows,
        is_beyond,
        shell: ask.shell(),
    })
}
