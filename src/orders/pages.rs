//! The pages of the wizard from New subscription on, and of orders.

pub mod offers;

use actix_session::Session;
use actix_web::{HttpResponse, web};

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
