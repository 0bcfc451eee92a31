//! The switches on My profile.

use actix_session::Session;
use actix_web::{HttpResponse, web};

use super::said::Said;
use super::{form, store};
use crate::access::Viewer;
use crate::db::Db;
use crate::error::Result;
use crate::paths;
use crate::web::{Shell, say, see_other};

/// `POST /profile/letters`
pub async fn update(
    (shell, session): (Shell, Session),
    viewer: Viewer,
    db: web::Data<Db>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let ticked = form::ticked(&pairs)?;
    let changed = db.write(move |conn| store::switches::set(conn, &viewer, &ticked)).await?;
    let said = if changed { Said::Switched } else { Said::NothingChanged };
    say(&session, &shell, &said)?;
    Ok(see_other(paths::people::profile()))
}
