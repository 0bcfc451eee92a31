//! What the mailed link shows: how the enrolment stands and what comes next. Looking changes nothing.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::{Linked, asked_by};
use crate::enrolment::model::{Enrolment, State};
use crate::enrolment::store;
use crate::enrolment::way_back::WayBack;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::page::unlisted;
use crate::web::{Shell, Visit, see_other};

#[derive(Template)]
#[template(path = "enrolment/state.html")]
struct StatePage {
    shell: Shell,
    token: Token,
    enrolment: Enrolment,
    /// Signing in on the way to the partnership link that led here, if one did.
    sign_in: String,
    leads_back: bool,
    /// The provider that asked for the partnership.
    asked_by: Option<String>,
}

/// `GET /enrolment/{token}`
pub async fn show(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let linked = match Linked::find(&visit, &token).await? {
        Ok(linked) => linked,
        Err(closed) => return Ok(closed),
    };
    let way = WayBack::of(&visit.vault, &linked.enrolment);
    let asked_by = asked_by(&visit, way.as_ref()).await?;
    let way = way.map(|way| way.path());
    let sign_in = paths::session::sign_in_then(way.as_deref().unwrap_or_default());
    let leads_back = way.is_some();
    let Linked { token, enrolment } = linked;
    let shown = StatePage { shell: visit.shell(), token, enrolment, sign_in, leads_back, asked_by };
    visit.page(&shown).map(unlisted)
}

/// `POST /enrolment/{token}/proof`: programs that only look at links in letters do not press buttons.
pub async fn prove(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let linked = match Linked::find(&visit, &token).await? {
        Ok(linked) => linked,
        Err(closed) => return Ok(closed),
    };
    let (hash, now) = (linked.token.hash(), Moment::now());
    let is_proven = visit.write(move |conn| store::prove(conn, &hash, now)).await?;
    let goes_on = is_proven || linked.enrolment.state == State::Proven;
    Ok(see_other(if goes_on { paths::enrolment::details(linked.token.reveal()) } else { linked.place() }))
}
