//! Removing the second factor of a member who has lost it.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::show::again;
use super::{member, person_id};
use crate::access::permission::OpenAccounts;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::people::commands;
use crate::people::model::Member;
use crate::people::said::Said;
use crate::people::store::change::hindrance;
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "people/second_factor_removal.html")]
struct RemovalPage {
    shell: Shell,
    member: Member,
}

/// `GET /people/{id}/second-factor/removal`
pub async fn confirm(ask: Ask<OpenAccounts>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = person_id(&id)?;
    let member = member(&ask, &id).await?;
    match hindrance(&ask.by, &member) {
        Some(refusal) => again(&ask, &id, refusal).await,
        None => ask.page(&RemovalPage { shell: ask.shell(), member }),
    }
}

/// `POST /people/{id}/second-factor/removal`
pub async fn remove(ask: Ask<OpenAccounts>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = person_id(&id)?;
    match commands::remove_second_factor(&ask, &ask.by, &id).await? {
        Ok(is_done) => {
            let said = if is_done { Said::SecondFactorRemoved } else { Said::NothingChanged };
            ask.done(&said, paths::people::show(&id))
        }
        Err(refusal) => again(&ask, &id, refusal).await,
    }
}
