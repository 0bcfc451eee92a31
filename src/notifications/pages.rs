//! The switches on My profile.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::{form, store};
use crate::access::Viewer;
use crate::db::Db;
use crate::error::Result;
use crate::web::{Notice, Shell, say, see_other};

/// What was done.
#[derive(Template)]
#[template(path = "notifications/said.txt")]
enum Said {
    Switched,
}

/// `POST /profile/letters`
pub async fn update(
    (shell, session): (Shell, Session),
    viewer: Viewer,
    db: web::Data<Db>,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let ticked = form::ticked(&pairs)?;
    if db.write(move |conn| store::switches::set(conn, &viewer, &ticked)).await? {
        say(&session, &shell, &Said::Switched)?;
    } else {
        Notice::NothingChanged.put(&session);
    }
    Ok(see_other("/profile"))
}
