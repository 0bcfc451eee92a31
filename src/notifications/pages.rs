//! The switches on My profile.

use actix_web::{HttpResponse, web};

use super::said::Said;
use super::{form, store};
use crate::error::Result;
use crate::paths;
use crate::web::AskForOneself;

/// `POST /profile/letters`
pub async fn update(
    ask: AskForOneself,
    web::Form(pairs): web::Form<Vec<(String, String)>>,
) -> Result<HttpResponse> {
    let ticked = form::ticked(&pairs)?;
    let changed = ask.write(move |conn, by| store::switches::set(conn, by, &ticked)).await?;
    let said = if changed { Said::Switched } else { Said::NothingChanged };
    ask.done(&said, paths::people::profile())
}
