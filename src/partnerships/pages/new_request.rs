//! Request a partnership: the draft opens at once, with its link. Nothing is kept before one of its buttons is pressed,
//! and no button lets a link out that is not kept.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::request::draft::{Draft, Why};
use super::request::{link_name, tell};
use crate::access::Allowed;
use crate::access::permission::RequestPartnerships;
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::partnerships::form::{DraftForm, Then};
use crate::partnerships::fresh::Fresh;
use crate::partnerships::letters;
use crate::partnerships::store::requests::{self, Asked, Kept, NewRequest};
use crate::paths;
use crate::values::moment::Moment;
use crate::web::{Problems, Shell, Site, Vault, once, see_other};

/// `GET /partnership-requests/new`
pub async fn new(
    shell: Shell,
    may: Allowed<RequestPartnerships>,
    (db, site, vault): (web::Data<Db>, web::Data<Site>, web::Data<Vault>),
) -> Result<HttpResponse> {
    let fresh = Fresh::new(site.link_days, Moment::now());
    let draft = Draft::fresh(&fresh, &site);
    let text = letters::request::begin(&may, &site)?;
    let seal = fresh.seal(&vault, &may.person)?;
    let form = DraftForm { id: fresh.id.to_string(), seal, ..DraftForm::begun(&text, &draft.personal) };
    draft.page(StatusCode::OK, (shell, &db, &may), (form, Problems::default()), Why::Asked).await
}

/// `POST /partnership-requests`: makes the request, then does what its button says.
pub async fn create(
    shell: Shell,
    may: Allowed<RequestPartnerships>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    (bell, vault): (web::Data<Bell>, web::Data<Vault>),
    session: Session,
    web::Form(mut form): web::Form<DraftForm>,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let Some(fresh) = Fresh::open(&vault, &may.person, (&form.id, &form.seal), now) else {
        return renewed((shell, &db, &may), (&site, &vault), form, now).await;
    };
    let draft = Draft::fresh(&fresh, &site);
    if form.then() == Then::PutLinkBack {
        form.text = draft.personal.put_back(&form.text);
    }
    let drafted = match form.parse(&draft.personal) {
        Ok(drafted) => drafted,
        Err(problems) => return draft.refuse((shell, &db, &may), form, problems).await,
    };
    let sending = match form.then() {
        Then::Send => Some(draft.sending(&may, (&drafted, &form), &site)?),
        _ => None,
    };
    let (id, place, to) = (draft.id.clone(), paths::partnerships::request(&draft.id), drafted.to.clone());
    let new =
        NewRequest { id: id.clone(), drafted, token_hash: fresh.token.hash(), expires_at: fresh.expires_at };
    let (by, version) = (may.clone(), form.version());
    let make = move |conn: &mut Connection| -> Result<Asked> {
        let asked = match version {
            None => requests::ask(conn, &by, &new, now)?,
            Some(version) => requests::asked(conn, &by, &new, version)?,
        };
        let Asked::Kept(at) = asked else { return Ok(asked) };
        let kept = match &sending {
            Some(sending) => requests::send(conn, &by, (&new.id, at), &new.drafted, sending, now)?,
            None if version.is_none() => Kept::Done,
            None => requests::keep(conn, &by, (&new.id, at), &new.drafted, now)?,
        };
        Ok(Asked::Made(kept))
    };
    // Where the same form was sent at the same time, PostgreSQL may know of the other's row and not show it yet.
    let made = match db.write(make.clone()).await {
        Err(Error::NotFound) => db.write(make).await?,
        made => made?,
    };
    let kept = match made {
        Asked::Made(kept) => kept,
        Asked::Relinked => return renewed((shell, &db, &may), (&site, &vault), form, now).await,
        Asked::Kept(_) | Asked::Suspended => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return draft.page(status, (shell, &db, &may), (form, Problems::default()), Why::Suspended).await;
        }
    };
    let is_over =
        kept == Kept::Closed || kept == Kept::Done && matches!(form.then(), Then::Done | Then::Send);
    if !is_over {
        once::put(&session, &link_name(&id), fresh.token.reveal());
    }
    if kept == Kept::Changed {
        return draft.conflict((shell, &db, &may), form).await;
    }
    let place = match (kept, form.then()) {
        (Kept::Done, Then::Done) => paths::partnerships::requests().to_owned(),
        (Kept::Done, Then::Send) => {
            bell.ring();
            place
        }
        _ => place,
    };
    tell(&session, &shell, kept, form.then(), &to)?;
    Ok(see_other(place))
}

/// The same page with another link, for a request of its own: the link of this one holds no longer.
async fn renewed(
    with: (Shell, &web::Data<Db>, &Allowed<RequestPartnerships>),
    (site, vault): (&Site, &Vault),
    form: DraftForm,
    now: Moment,
) -> Result<HttpResponse> {
    let fresh = Fresh::new(site.link_days, now);
    let draft = Draft::fresh(&fresh, site);
    let form = DraftForm {
        id: fresh.id.to_string(),
        seal: fresh.seal(vault, &with.2.person)?,
        text: draft.personal.put_back(&form.text),
        version: String::new(),
        ..form
    };
    draft.page(StatusCode::UNPROCESSABLE_ENTITY, with, (form, Problems::default()), Why::Renewed).await
}
