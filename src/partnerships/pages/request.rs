//! One partnership request: its draft while the link is in hand, then how it fares.

pub(super) mod draft;

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{FollowRequests, RequestPartnerships};
use crate::access::{Allowed, Permission};
use crate::db::Db;
use crate::error::Result;
use crate::links::model::Standing;
use crate::mail::carrier::Bell;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::partners::model::contact::Contact;
use crate::partnerships::form::{DraftForm, Then};
use crate::partnerships::letters;
use crate::partnerships::model::Request;
use crate::partnerships::said::Said;
use crate::partnerships::store::contact::contact_for;
use crate::partnerships::store::requests::{self, Kept};
use crate::paths;
use crate::values::email::Email;
use crate::values::id::PartnershipRequestId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Problems, Shell, Site, once, page, say, see_other};

use draft::{Draft, Why};

#[derive(Template)]
#[template(path = "partnerships/show.html")]
struct RequestPage {
    shell: Shell,
    request: Request,
    standing: Standing,
    /// The text of the letter, with a mark in place of the link, which is not kept.
    text: String,
    /// The letter with the link that holds now, if the portal sent it.
    letter: Option<LetterStatus>,
    /// The letter that told the requester of the answer.
    answer: Option<LetterStatus>,
    /// The active partner that has the address.
    partner: Option<String>,
    /// Who looks after it now.
    contact: Option<Contact>,
}

type Id = web::Path<PartnershipRequestId>;

/// Under which name the link waits in the cookie of whoever drafts the letter.
pub fn link_name(id: &PartnershipRequestId) -> String {
    format!("partnership-link:{id}")
}

/// `GET /partnership-requests/{id}`
pub async fn show(
    shell: Shell,
    may: Allowed<FollowRequests>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    session: Session,
    id: Id,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let request = find(&db, &may, &id).await?;
    if let Some(draft) = Draft::in_hand(&session, &site, request.clone(), now)
        && let Ok(sender) = Allowed::<RequestPartnerships>::check(&may)
    {
        let form = DraftForm::of(&request.drafted(), &draft.personal, request.version);
        let with = (shell, &db, &sender);
        return draft.page(StatusCode::OK, with, (form, Problems::default()), Why::Asked).await;
    }
    let is_sent = request.sent_at.is_some();
    let asked = request.clone();
    let (letter, answer, partner, contact) = db
        .read(move |conn| {
            let partner = requests::partner_at(conn, &may, &asked.to)?;
            let contact = contact_for(conn, &asked)?;
            let own = &may.organisation.id;
            let letter = outbox::latest_about(conn, own, (&letters::request::KIND, id.as_str()))?;
            let answer = outbox::latest_about(conn, own, (&letters::answer::KIND, id.as_str()))?;
            Ok((letter.filter(|_| is_sent), answer, partner, contact))
        })
        .await?;
    let (standing, text) = (request.standing(now), request.draft.without_link(request.expires_at));
    page(&RequestPage { shell, request, standing, text, letter, answer, partner, contact })
}

/// `POST /partnership-requests/{id}/text`: keeps the draft, puts its link back, or closes it with Done.
pub async fn update(
    shell: Shell,
    may: Allowed<RequestPartnerships>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    session: Session,
    id: Id,
    web::Form(mut form): web::Form<DraftForm>,
) -> Result<HttpResponse> {
    let (now, place) = (Moment::now(), paths::partnerships::request(&id));
    let request = find(&db, &may, &id).await?;
    let Some(draft) = Draft::in_hand(&session, &site, request, now) else { return Ok(see_other(place)) };
    if form.then() == Then::PutLinkBack {
        form.text = draft.personal.put_back(&form.text);
    }
    let drafted = match form.parse(&draft.personal) {
        Ok(drafted) => drafted,
        Err(problems) => return draft.refuse((shell, &db, &may), form, problems).await,
    };
    let (asking, version, to) = (may.clone(), form.version().unwrap_or(-1), drafted.to.clone());
    let kept = db.write(move |conn| requests::keep(conn, &asking, (&id, version), &drafted, now)).await?;
    if kept == Kept::Changed {
        return draft.conflict((shell, &db, &may), form).await;
    }
    let is_done = kept == Kept::Done && form.then() == Then::Done;
    if is_done {
        once::take(&session, &link_name(&draft.id));
    }
    tell(&session, &shell, kept, form.then(), &to)?;
    Ok(see_other(if is_done { paths::partnerships::requests() } else { place.as_str() }))
}

/// `POST /partnership-requests/{id}/delivery`: the installation mails the letter.
pub async fn deliver(
    shell: Shell,
    may: Allowed<RequestPartnerships>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    session: Session,
    id: Id,
    web::Form(form): web::Form<DraftForm>,
) -> Result<HttpResponse> {
    let (now, place) = (Moment::now(), paths::partnerships::request(&id));
    let request = find(&db, &may, &id).await?;
    let Some(draft) = Draft::in_hand(&session, &site, request, now) else { return Ok(see_other(place)) };
    let drafted = match form.parse(&draft.personal) {
        Ok(drafted) => drafted,
        Err(problems) => return draft.refuse((shell, &db, &may), form, problems).await,
    };
    let sending = draft.sending(&may, (&drafted, &form), &site)?;
    let (asking, version, to) = (may.clone(), form.version().unwrap_or(-1), drafted.to.clone());
    let kept =
        db.write(move |conn| requests::send(conn, &asking, (&id, version), &drafted, &sending, now)).await?;
    if kept == Kept::Changed {
        return draft.conflict((shell, &db, &may), form).await;
    }
    if kept == Kept::Done {
        bell.ring();
        once::take(&session, &link_name(&draft.id));
    }
    tell(&session, &shell, kept, Then::Send, &to)?;
    Ok(see_other(place))
}

/// Says what became of a draft.
pub(super) fn tell(session: &Session, shell: &Shell, kept: Kept, then: Then, to: &Email) -> Result<()> {
    let said = match (kept, then) {
        (Kept::Changed, _) | (Kept::Closed, Then::Send) => return Ok(()),
        (Kept::Closed, _) => Said::RequestClosed,
        (Kept::PointedOut, _) => Said::LookFirst,
        (Kept::Done, Then::Send) => Said::RequestSent { to },
        (Kept::Done, Then::Done) => Said::RequestListed { to },
        (Kept::Done, Then::OpenInEmail) => Said::OpenNow,
        (Kept::Done, Then::Copy) => Said::CopyNow,
        (Kept::Done, Then::Keep | Then::PutLinkBack) => Said::RequestKept,
    };
    say(session, shell, &said)
}

/// `POST /partnership-requests/{id}/link`: Resend. A new link is made, and the old one dies.
pub async fn renew(
    (shell, session): (Shell, Session),
    may: Allowed<RequestPartnerships>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    id: Id,
) -> Result<HttpResponse> {
    let (token, now, place) = (Token::random(), Moment::now(), paths::partnerships::request(&id));
    let (hash, expires_at) = (token.hash(), now.plus_days(site.link_days));
    let name = link_name(&id);
    if db.write(move |conn| requests::renew(conn, &may, &id, (&hash, expires_at), now)).await? {
        once::put(&session, &name, token.reveal());
        say(&session, &shell, &Said::LinkRenewed)?;
    } else {
        say(&session, &shell, &Said::RequestClosed)?;
    }
    Ok(see_other(place))
}

async fn find<P: Permission>(db: &Db, may: &Allowed<P>, id: &PartnershipRequestId) -> Result<Request> {
    let (may, id) = (may.clone(), id.clone());
    db.read(move |conn| requests::find(conn, &may, &id)).await
}
