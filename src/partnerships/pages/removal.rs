//! Remove partnership: a question first, then the deed.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::RemovePartnerships;
use crate::db::Db;
use crate::error::Result;
use crate::partnerships::store::removal::{self, Removal, Removed};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::web::{Notice, Shell, page, see_other};

#[derive(Template)]
#[template(path = "partnerships/removal.html")]
struct NewRemovalPage {
    shell: Shell,
    removal: Removal,
    action: String,
}

/// `GET /resellers/{id}/removal`
pub async fn new(
    shell: Shell,
    may: Allowed<RemovePartnerships>,
    db: web::Data<Db>,
    reseller: web::Path<OrganisationId>,
) -> Result<HttpResponse> {
    let action = format!("/resellers/{reseller}/removal");
    let removal = db.read(move |conn| removal::find(conn, &may, &reseller)).await?;
    page(&NewRemovalPage { shell, removal, action })
}

/// `POST /resellers/{id}/removal`
pub async fn create(
    may: Allowed<RemovePartnerships>,
    db: web::Data<Db>,
    session: Session,
    reseller: web::Path<OrganisationId>,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let removed = db.write(move |conn| removal::remove(conn, &may, &reseller, now)).await?;
    let notice = match removed {
        Removed::Removed(reseller) => Notice::PartnershipRemoved { reseller },
        Removed::GoneAlready(reseller) => Notice::PartnershipRemovedAlready { reseller },
    };
    notice.put(&session);
    Ok(see_other("/resellers"))
}
