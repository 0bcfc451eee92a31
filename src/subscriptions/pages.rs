//! The pages about subscriptions.

pub mod billing;
pub mod cancellation;
pub mod changes;
pub mod conversion;
pub mod list;
pub mod named;
pub mod quantity;
pub mod renewals;
pub mod reseller;
pub mod show;
pub mod suspension;
pub mod tenant_owner;
pub mod undo;

use actix_web::HttpResponse;

use super::said::Said;
use super::store::details::{self, Details};
use super::store::history::{self, LastChange};
use crate::access::Permission;
use crate::error::Result;
use crate::paths;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::web::{Ask, Visit};

/// The subscription of this id, as the viewer sees it today.
async fn details<P: Permission>(ask: &Ask<P>, id: &SubscriptionId) -> Result<Details> {
    let (id, now) = (*id, Moment::now());
    ask.read(move |conn, by| details::of(conn, by, &id, now)).await
}

/// The same, with who changed it last: what somebody who came second has to know.
async fn details_with_last_change<P: Permission>(
    ask: &Ask<P>,
    id: &SubscriptionId,
) -> Result<(Details, Option<LastChange>)> {
    let (id, now) = (*id, Moment::now());
    ask.read(move |conn, by| {
        let details = details::of(conn, by, &id, now)?;
        let last = history::last_change(conn, by, &details.subscription, details.customer.is_held)?;
        Ok((details, last))
    })
    .await
}

/// Done: back to the subscription, which says so.
fn done(visit: &Visit, said: &Said, id: &SubscriptionId) -> Result<HttpResponse> {
    visit.done(said, paths::subscriptions::show(id))
}
