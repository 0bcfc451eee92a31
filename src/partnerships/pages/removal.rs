//! Remove partnership: a question first, then the deed.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::RemovePartnerships;
use crate::error::Result;
use crate::language::filters;
use crate::partnerships::said::Said;
use crate::partnerships::store::removal::{self, Removal, Removed};
use crate::paths;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "partnerships/removal.html")]
struct NewRemovalPage {
    shell: Shell,
    removal: Removal,
    action: String,
}

/// `GET /resellers/{id}/removal`
pub async fn new(ask: Ask<RemovePartnerships>, reseller: web::Path<OrganisationId>) -> Result<HttpResponse> {
    let action = paths::partnerships::removal(&reseller);
    let removal = ask.read(move |conn, by| removal::find(conn, by, &reseller)).await?;
    ask.page(&NewRemovalPage { shell: ask.shell(), removal, action })
}

/// `POST /resellers/{id}/removal`
pub async fn create(
    ask: Ask<RemovePartnerships>,
    reseller: web::Path<OrganisationId>,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let removed = ask.write(move |conn, by| removal::remove(conn, by, &reseller, now)).await?;
    let said = match &removed {
        Removed::Removed(reseller) => Said::Removed { reseller },
        Removed::GoneAlready(reseller) => Said::RemovedAlready { reseller },
    };
    ask.done(&said, paths::partnerships::resellers())
}
