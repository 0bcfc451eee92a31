//! One request for the customer agreement: its letter while the link is in hand, then how it fares.

mod draft;

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{AskForAgreements, FollowAgreementRequests};
use crate::access::{Allowed, Permission};
use crate::agreements::letters::REQUEST;
use crate::agreements::model::{Party, Request, Subject};
use crate::agreements::store::requests::{self, Kept};
use crate::consents::commands::link_name;
use crate::consents::form::LetterForm;
use crate::consents::letters::answer;
use crate::consents::said::Said;
use crate::consents::store::subject::party_now;
use crate::customers::new_account::Terms;
use crate::db::Db;
use crate::error::Result;
use crate::links::model::Standing;
use crate::mail::carrier::Bell;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::paths;
use crate::values::id::{AgreementRequestId, LetterId};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Problems, Shell, Site, once, page, say, see_other};

use draft::Draft;

#[derive(Template)]
#[template(path = "consents/show.html")]
struct RequestPage {
    shell: Shell,
    request: Request,
    standing: Standing,
    /// The text of the letter, with a mark in place of the link, which is not kept.
    text: String,
    /// The letter with the link that holds now, if the portal sent it.
    letter: Option<LetterStatus>,
    /// The letter that told the provider of the answer.
    answer: Option<LetterStatus>,
    /// Whom the account names now, where that is somebody else.
    changed: Option<Party>,
    may_ask: bool,
}

type Id = web::Path<AgreementRequestId>;

/// `GET /agreement-requests/{id}`
pub async fn show(
    shell: Shell,
    may: Allowed<FollowAgreementRequests>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    session: Session,
    id: Id,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let request = find(&db, &may, &id).await?;
    if let Some(draft) = Draft::in_hand(&session, &site, request.clone(), now)
        && let Ok(sender) = Allowed::<AskForAgreements>::check(&may)
    {
        let form = LetterForm::of(&request.text, &draft.personal, request.version);
        let with: draft::With<'_> = (shell, &db, &site, &sender);
        return draft.page(StatusCode::OK, with, form, Problems::default(), None).await;
    }
    let (asking, asked, terms) = (may.clone(), request.clone(), Terms::of(&may, &site, now));
    let (letter, answer, party) = db
        .read(move |conn| {
            let (own, about) = (&asking.organisation.id, asked.id.as_str());
            let letter = outbox::latest_about(conn, own, (&REQUEST, about))?;
            let answer = outbox::latest_about(conn, own, (&answer::KIND, about))?;
            Ok((letter, answer, party_now(conn, &asking, &asked, &terms)?))
        })
        .await?;
    let shown = RequestPage {
        standing: request.standing(now),
        text: request.text.without_link(request.expires_at),
        letter: letter.filter(|_| request.sent_at.is_some()),
        answer,
        changed: party.filter(|party| request.is_outdated(party)),
        may_ask: may.may::<AskForAgreements>(),
        shell,
        request,
    };
    page(&shown)
}

/// `POST /agreement-requests/{id}/text`: keeps the text, puts its link back, goes on, or closes the letter with Done.
pub async fn update(
    shell: Shell,
    may: Allowed<AskForAgreements>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    session: Session,
    id: Id,
    web::Form(mut form): web::Form<LetterForm>,
) -> Result<HttpResponse> {
    let (now, place) = (Moment::now(), paths::consents::request(&id));
    let request = find(&db, &may, &id).await?;
    let Some(draft) = Draft::in_hand(&session, &site, request, now) else { return Ok(see_other(place)) };
    if form.then == "link" {
        form.text = draft.personal.put_back(&form.text);
    }
    let text = match form.parse(&draft.personal) {
        Ok(text) => text,
        Err(problems) => return draft.refuse((shell, &db, &site, &may), form, problems).await,
    };
    let (asking, version) = (may.clone(), form.version());
    let kept = db.write(move |conn| requests::keep_text(conn, &asking, (&id, version), &text, now)).await?;
    match kept {
        Kept::Done if form.then == "done" => {
            once::take(&session, &link_name(&draft.request.id));
            say(&session, &shell, &Said::Listed { to: &draft.request.party.email })?;
            return Ok(see_other(way_on(&draft.request)));
        }
        Kept::Done if form.then == "next" => return Ok(see_other(way_on(&draft.request))),
        Kept::Done => say(&session, &shell, &Said::Kept)?,
        Kept::Changed => return draft.conflict((shell, &db, &site, &may), form).await,
        Kept::Closed => say(&session, &shell, &Said::Closed)?,
    }
    Ok(see_other(place))
}

/// `POST /agreement-requests/{id}/delivery`: the installation mails the letter.
pub async fn deliver(
    shell: Shell,
    may: Allowed<AskForAgreements>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    session: Session,
    id: Id,
    web::Form(form): web::Form<LetterForm>,
) -> Result<HttpResponse> {
    let (now, place) = (Moment::now(), paths::consents::request(&id));
    let request = find(&db, &may, &id).await?;
    let Some(draft) = Draft::in_hand(&session, &site, request, now) else { return Ok(see_other(place)) };
    let text = match form.parse(&draft.personal) {
        Ok(text) => text,
        Err(problems) => return draft.refuse((shell, &db, &site, &may), form, problems).await,
    };
    let (letter_id, letter) = (LetterId::new(), draft.letter(&may, &text, &site)?);
    let (asking, version) = (may.clone(), form.version());
    let sent = db
        .write(move |conn| requests::send(conn, &asking, (&id, version), &text, (&letter_id, &letter), now))
        .await?;
    match sent {
        Kept::Done => {
            bell.ring();
            once::take(&session, &link_name(&draft.request.id));
            say(&session, &shell, &Said::Sent { to: &draft.request.party.email })?;
            Ok(see_other(way_on(&draft.request)))
        }
        Kept::Changed => draft.conflict((shell, &db, &site, &may), form).await,
        Kept::Closed => Ok(see_other(place)),
    }
}

/// `POST /agreement-requests/{id}/link`: Resend. A new link is made, and the old one dies.
pub async fn renew(
    shell: Shell,
    may: Allowed<AskForAgreements>,
    (db, site): (web::Data<Db>, web::Data<Site>),
    session: Session,
    id: Id,
) -> Result<HttpResponse> {
    let (token, now, place) = (Token::random(), Moment::now(), paths::consents::request(&id));
    let (hash, expires_at) = (token.hash(), now.plus_days(site.link_days));
    let name = link_name(&id);
    if db.write(move |conn| requests::renew(conn, &may, &id, (&hash, expires_at), now)).await? {
        once::put(&session, &name, token.reveal());
        say(&session, &shell, &Said::Renewed)?;
    } else {
        say(&session, &shell, &Said::Closed)?;
    }
    Ok(see_other(place))
}

async fn find<P: Permission>(db: &Db, may: &Allowed<P>, id: &AgreementRequestId) -> Result<Request> {
    let (may, id) = (may.clone(), id.clone());
    db.read(move |conn| requests::find(conn, &may, &id)).await
}

/// Where the work goes on once the letter is done: in the wizard, or on the customer's account.
fn way_on(request: &Request) -> String {
    match request.subject() {
        Some(Subject::Draft(draft)) => paths::orders::draft_subscriptions(&draft),
        Some(Subject::Customer(customer)) => paths::customers::account(&customer),
        None => paths::consents::request(&request.id),
    }
}
