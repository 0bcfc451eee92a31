//! One request for the customer agreement: its letter while the link is in hand, then how it fares.

mod draft;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Permission;
use crate::access::permission::{AskForAgreements, FollowAgreementRequests};
use crate::agreements::letters::REQUEST;
use crate::agreements::model::{Party, Request, Subject};
use crate::agreements::store::requests::{self, Kept};
use crate::consents::commands::{self, link_name};
use crate::consents::form::LetterForm;
use crate::consents::letters::answer;
use crate::consents::said::Said;
use crate::consents::store::subject::party_now;
use crate::customers::new_account::Terms;
use crate::error::Result;
use crate::language::filters;
use crate::links::model::Standing;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::paths;
use crate::values::id::AgreementRequestId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Ask, Problems, Shell, once, see_other, version};

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
pub async fn show(ask: Ask<FollowAgreementRequests>, id: Id) -> Result<HttpResponse> {
    let now = Moment::now();
    let request = find(&ask, &id).await?;
    let may_ask = ask.by.may::<AskForAgreements>();
    if may_ask && let Some(draft) = Draft::in_hand(&ask, request.clone(), now) {
        let form = LetterForm::of(&request.text, &draft.personal, request.version);
        return draft.page(StatusCode::OK, &ask, form, Problems::default(), None).await;
    }
    let (asked, terms) = (request.clone(), Terms::of(&ask.by, &ask.site, now));
    let (letter, answer, party) = ask
        .read(move |conn, by| {
            let (own, about) = (&by.organisation.id, asked.id.as_str());
            let letter = outbox::latest_about(conn, own, (&REQUEST, about))?;
            let answer = outbox::latest_about(conn, own, (&answer::KIND, about))?;
            Ok((letter, answer, party_now(conn, by, &asked, &terms)?))
        })
        .await?;
    ask.page(&RequestPage {
        shell: ask.shell(),
        standing: request.standing(now),
        text: request.text.without_link(request.progress.expires_at),
        letter: letter.filter(|_| request.progress.sent_at.is_some()),
        answer,
        changed: party.filter(|party| request.is_outdated(party)),
        may_ask,
        request,
    })
}

/// `POST /agreement-requests/{id}/text`: keeps the text, puts its link back, goes on, or closes the letter with Done.
pub async fn update(
    ask: Ask<AskForAgreements>,
    id: Id,
    web::Form(mut form): web::Form<LetterForm>,
) -> Result<HttpResponse> {
    let (now, place) = (Moment::now(), paths::consents::request(&id));
    let request = find(&ask, &id).await?;
    let Some(draft) = Draft::in_hand(&ask, request, now) else { return Ok(see_other(place)) };
    if let Some(language) = form.begins_in() {
        return draft.begin_in(language, &ask, form).await;
    }
    let draft = draft.written_in(form.letter.language());
    if form.then == "link" {
        form.letter = form.letter.with_link(&draft.personal);
    }
    let text = match form.parse(&draft.personal) {
        Ok(text) => text,
        Err(problems) => return draft.refuse(&ask, form, problems).await,
    };
    let version = version::read_or_none(&form.version);
    match ask.write(move |conn, by| requests::keep_text(conn, by, (&id, version), &text, now)).await? {
        Kept::Done if form.then == "done" => {
            once::take(&ask.session(), &link_name(&draft.request.id));
            ask.done(&Said::Listed { to: &draft.request.party.email }, way_on(&draft.request))
        }
        Kept::Done if form.then == "next" => Ok(see_other(way_on(&draft.request))),
        Kept::Done => ask.done(&Said::Kept, place),
        Kept::Changed => draft.conflict(&ask, form).await,
        Kept::Closed => ask.done(&Said::Closed, place),
    }
}

/// `POST /agreement-requests/{id}/delivery`: the installation mails the letter.
pub async fn deliver(
    ask: Ask<AskForAgreements>,
    id: Id,
    web::Form(form): web::Form<LetterForm>,
) -> Result<HttpResponse> {
    let (now, place) = (Moment::now(), paths::consents::request(&id));
    let request = find(&ask, &id).await?;
    let Some(draft) = Draft::in_hand(&ask, request, now) else { return Ok(see_other(place)) };
    let draft = draft.written_in(form.letter.language());
    let text = match form.parse(&draft.personal) {
        Ok(text) => text,
        Err(problems) => return draft.refuse(&ask, form, problems).await,
    };
    let version = version::read_or_none(&form.version);
    match commands::send(&ask, &ask.by, (&draft.request, version), (text, &draft.personal)).await? {
        Kept::Done => {
            once::take(&ask.session(), &link_name(&draft.request.id));
            ask.done(&Said::Sent { to: &draft.request.party.email }, way_on(&draft.request))
        }
        Kept::Changed => draft.conflict(&ask, form).await,
        Kept::Closed => Ok(see_other(place)),
    }
}

/// `POST /agreement-requests/{id}/link`: Resend. A new link is made, and the old one dies.
pub async fn renew(ask: Ask<AskForAgreements>, id: Id) -> Result<HttpResponse> {
    let (token, now, place) = (Token::random(), Moment::now(), paths::consents::request(&id));
    let (hash, expires_at) = (token.hash(), now.plus_days(ask.site.link_days));
    let name = link_name(&id);
    if !ask.write(move |conn, by| requests::renew(conn, by, &id, (&hash, expires_at), now)).await? {
        return ask.done(&Said::Closed, place);
    }
    once::put(&ask.session(), &name, token.reveal());
    ask.done(&Said::Renewed, place)
}

async fn find<P: Permission>(ask: &Ask<P>, id: &AgreementRequestId) -> Result<Request> {
    let id = *id;
    ask.read(move |conn, by| requests::find(conn, by, &id)).await
}

/// Where the work goes on once the letter is done: in the wizard, or on the customer's account.
fn way_on(request: &Request) -> String {
    match request.subject() {
        Some(Subject::Draft(draft)) => paths::orders::draft_subscriptions(&draft),
        Some(Subject::Customer(customer)) => paths::customers::account(&customer),
        None => paths::consents::request(&request.id),
    }
}
