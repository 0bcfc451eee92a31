//! Remove partnership: a question first, then the deed.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::RemovePartnerships;
use crate::db::Db;
use crate::error::Result;
use crate::partnerships::said::Said;
use crate::partnerships::store::removal::{self, Removal, Removed};
use crate::paths;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::web::{Shell, page, say, see_other};

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
    let action = paths::partnerships::removal(&reseller);
    let removal = db.read(move |conn| removal::find(conn, &may, &reseller)).await?;
    page(&NewRemovalPage { shell, removal, action })
}

/// `POST /resellers/{id}/removal`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<RemovePartnerships>,
    db: web::Data<Db>,
    reseller: web::Path<OrganisationId>,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let removed = db.write(move |conn| removal::remove(conn, &may, &reseller, now)).await?;
    let said = match &removed {
        Removed::Removed(reseller) => Said::Removed { reseller },
        Removed::GoneAlready(reseller) => Said::RemovedAlready { reseller },
    };
    say(&session, &shell, &said)?;
    Ok(see_other(paths::partnerships::resellers()))
}
