//! Request a partnership: the draft opens at once, with its link. Nothing is kept before one of its buttons is pressed,
//! and no button lets a link out that is not kept.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::request::draft::{Draft, Why};
use super::request::{link_name, tell};
use crate::access::permission::RequestPartnerships;
use crate::error::Result;
use crate::partnerships::commands;
use crate::partnerships::form::{DraftForm, Then};
use crate::partnerships::fresh::Fresh;
use crate::partnerships::letters;
use crate::partnerships::store::requests::{Asked, Kept, NewRequest};
use crate::paths;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, once};

/// `GET /partnership-requests/new`
pub async fn new(ask: Ask<RequestPartnerships>) -> Result<HttpResponse> {
    let fresh = Fresh::new(ask.site.link_days, Moment::now());
    let language = ask.language();
    let draft = Draft::fresh(&fresh, language, &ask.site);
    let text = letters::request::begin(language, &ask.by, &ask.site)?;
    let seal = fresh.seal(&ask.vault, &ask.by.person)?;
    let form = DraftForm { id: fresh.id.to_string(), seal, ..DraftForm::begun(&text, &draft.personal) };
    draft.page(StatusCode::OK, &ask, (form, Problems::default()), Why::Asked).await
}

/// `POST /partnership-requests`: makes the request, then does what its button says.
pub async fn create(
    ask: Ask<RequestPartnerships>,
    web::Form(mut form): web::Form<DraftForm>,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let Some(fresh) = Fresh::open(&ask.vault, &ask.by.person, (&form.id, &form.seal), now) else {
        return renewed(&ask, form, now).await;
    };
    let draft = Draft::fresh(&fresh, form.letter.language().unwrap_or_default(), &ask.site);
    if let Some(language) = form.begins_in() {
        return draft.begin_in(language, &ask, form).await;
    }
    if form.then() == Then::PutLinkBack {
        form.letter = form.letter.with_link(&draft.personal);
    }
    let drafted = match form.parse(&draft.personal) {
        Ok(drafted) => drafted,
        Err(problems) => return draft.refuse(&ask, form, problems).await,
    };
    let sending = (form.then() == Then::Send).then(|| (&draft.personal, form.looked_at()));
    let (id, to) = (draft.id, drafted.to.clone());
    let new =
        NewRequest { id, drafted, token_hash: fresh.link.token.hash(), expires_at: fresh.link.expires_at };
    let kept = match commands::make(&ask, &ask.by, (new, form.version()), sending, now).await? {
        Asked::Made(kept) => kept,
        Asked::Relinked => return renewed(&ask, form, now).await,
        Asked::Kept(_) | Asked::Suspended => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return draft.page(status, &ask, (form, Problems::default()), Why::Suspended).await;
        }
    };
    let is_over =
        kept == Kept::Closed || kept == Kept::Done && matches!(form.then(), Then::Done | Then::Send);
    if !is_over {
        once::put(&ask.session(), &link_name(&id), fresh.link.token.reveal());
    }
    if kept == Kept::Changed {
        return draft.conflict(&ask, form).await;
    }
    let place = match (kept, form.then()) {
        (Kept::Done, Then::Done) => paths::partnerships::requests().to_owned(),
        _ => paths::partnerships::request(&id),
    };
    tell(&ask, (kept, form.then()), &to, &place)
}

/// The same page with another link, for a request of its own: the link of this one holds no longer.
async fn renewed(ask: &Ask<RequestPartnerships>, form: DraftForm, now: Moment) -> Result<HttpResponse> {
    let fresh = Fresh::new(ask.site.link_days, now);
    let draft = Draft::fresh(&fresh, form.letter.language().unwrap_or_default(), &ask.site);
    let form = DraftForm {
        id: fresh.id.to_string(),
        seal: fresh.seal(&ask.vault, &ask.by.person)?,
        letter: form.letter.with_link(&draft.personal),
        version: String::new(),
        ..form
    };
    draft.page(StatusCode::UNPROCESSABLE_ENTITY, ask, (form, Problems::default()), Why::Renewed).await
}
