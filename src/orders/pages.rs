//! The pages of the wizard, of drafts and of orders.

mod availability;
mod cancellation;
mod closed;
mod drafts;
mod new_customer;
pub mod offers;

use actix_session::Session;
use actix_web::{HttpResponse, guard, web};

use crate::access::Allowed;
use crate::access::permission::AddCustomers;
use crate::customers::new_account::Terms;
use crate::db::Db;
use crate::error::Result;
use crate::orders::model::Making;
use crate::orders::store::making::{Loaded, load};
use crate::values::id::DraftId;
use crate::values::moment::Moment;
use crate::web::{Notice, Site, see_other};

/// New customer, and what becomes of drafts.
pub fn draft_routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/customers/new").get(new_customer::new))
        // Only what is sent: the list under the same address is another area's.
        .service(web::resource("/customers").guard(guard::Post()).post(new_customer::create))
        .service(web::resource("/domain-availability").get(availability::show))
        .service(web::resource("/drafts").get(drafts::list))
        .service(web::resource("/drafts/{id}/customer").get(new_customer::edit).post(new_customer::update))
        .service(
            web::resource("/drafts/{id}/cancellation").get(cancellation::new).post(cancellation::create),
        );
}

/// The open draft that a step is about, or where to go instead.
async fn open_draft(
    db: &web::Data<Db>,
    site: &Site,
    session: &Session,
    may: &Allowed<AddCustomers>,
    id: &DraftId,
) -> Result<Result<Making, HttpResponse>> {
    let terms = Terms::of(may.viewer(), site, Moment::now());
    let (by, draft) = (may.clone(), id.clone());
    let loaded = db.read(move |conn| load(conn, &by, &draft, &terms)).await?;
    Ok(match loaded {
        Loaded::Open(making) => Ok(*making),
        Loaded::AccountFirst => Err(see_other(format!("/drafts/{id}/customer?check=yes"))),
        Loaded::Submitted => Err(see_other(format!("/drafts/{id}/confirmation"))),
        Loaded::Cancelled => {
            Notice::DraftCancelledBefore.put(session);
            Err(see_other("/drafts"))
        }
    })
}
