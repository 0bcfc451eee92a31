//! The pages about subscriptions.

pub mod billing;
pub mod changes;
pub mod list;
pub mod named;
pub mod quantity;
pub mod reseller;
pub mod show;
pub mod suspension;

use actix_session::Session;
use actix_web::{HttpResponse, web};

use super::said::Said;
use super::store::details::{self, Details};
use super::store::history::{self, LastChange};
use crate::access::Viewer;
use crate::db::Db;
use crate::error::Result;
use crate::paths;
use crate::values::id::SubscriptionId;
use crate::values::moment::Moment;
use crate::web::{Shell, say, see_other};

/// The subscription of this id, as the viewer sees it today.
async fn details(db: &web::Data<Db>, viewer: &Viewer, id: &SubscriptionId) -> Result<Details> {
    let (viewer, id, today) = (viewer.clone(), id.clone(), Moment::now().day());
    db.read(move |conn| details::of(conn, &viewer, &id, today)).await
}

/// The same, with who changed it last: what somebody who came second has to know.
async fn details_with_last_change(
    db: &web::Data<Db>,
    viewer: &Viewer,
    id: &SubscriptionId,
) -> Result<(Details, Option<LastChange>)> {
    let (viewer, id, today) = (viewer.clone(), id.clone(), Moment::now().day());
    db.read(move |conn| {
        let details = details::of(conn, &viewer, &id, today)?;
        let last = history::last_change(conn, &viewer, &details.subscription, details.customer.is_held)?;
        Ok((details, last))
    })
    .await
}

/// Done: back to the subscription, which says so.
fn done(session: &Session, shell: &Shell, said: &Said, id: &SubscriptionId) -> Result<HttpResponse> {
    say(session, shell, said)?;
    Ok(see_other(paths::subscriptions::show(id)))
}
