//! One partnership request: its draft while the link is in hand, then how it fares.

pub(super) mod draft;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Permission;
use crate::access::permission::{FollowRequests, RequestPartnerships};
use crate::error::Result;
use crate::language::filters;
use crate::links::model::Standing;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::partners::model::contact::Contact;
use crate::partnerships::commands;
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
use crate::web::{Ask, Problems, Shell, Visit, once, see_other};

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
pub async fn show(ask: Ask<FollowRequests>, id: Id) -> Result<HttpResponse> {
    let now = Moment::now();
    let request = find(&ask, &id).await?;
    if ask.by.may::<RequestPartnerships>()
        && let Some(draft) = Draft::in_hand(&ask, request.clone(), now)
    {
        let form = DraftForm::of(&request.drafted(), &draft.personal, request.version);
        return draft.page(StatusCode::OK, &ask, (form, Problems::default()), Why::Asked).await;
    }
    let is_sent = request.progress.sent_at.is_some();
    let asked = request.clone();
    let (letter, answer, partner, contact) = ask
        .read(move |conn, by| {
            let partner = requests::partner_at(conn, by, &asked.to)?;
            let contact = contact_for(conn, &asked)?;
            let own = &by.organisation.id;
            let letter = outbox::latest_about(conn, own, (&letters::request::KIND, id.as_str()))?;
            let answer = outbox::latest_about(conn, own, (&letters::answer::KIND, id.as_str()))?;
            Ok((letter.filter(|_| is_sent), answer, partner, contact))
        })
        .await?;
    let (standing, text) = (request.standing(now), request.draft.without_link(request.progress.expires_at));
    let shell = ask.shell();
    ask.page(&RequestPage { shell, request, standing, text, letter, answer, partner, contact })
}

/// `POST /partnership-requests/{id}/text`: keeps the draft, puts its link back, or closes it with Done.
pub async fn update(
    ask: Ask<RequestPartnerships>,
    id: Id,
    web::Form(mut form): web::Form<DraftForm>,
) -> Result<HttpResponse> {
    let (now, place) = (Moment::now(), paths::partnerships::request(&id));
    let request = find(&ask, &id).await?;
    let Some(draft) = Draft::in_hand(&ask, request, now) else { return Ok(see_other(place)) };
    if let Some(language) = form.begins_in() {
        return draft.begin_in(language, &ask, form).await;
    }
    let draft = draft.written_in(form.letter.language());
    if form.then() == Then::PutLinkBack {
        form.letter = form.letter.with_link(&draft.personal);
    }
    let drafted = match form.parse(&draft.personal) {
        Ok(drafted) => drafted,
        Err(problems) => return draft.refuse(&ask, form, problems).await,
    };
    let (version, to) = (form.version().unwrap_or(-1), drafted.to.clone());
    let kept = ask.write(move |conn, by| requests::keep(conn, by, (&id, version), &drafted, now)).await?;
    if kept == Kept::Changed {
        return draft.conflict(&ask, form).await;
    }
    let is_done = kept == Kept::Done && form.then() == Then::Done;
    if is_done {
        once::take(&ask.session(), &link_name(&draft.id));
    }
    let place = if is_done { paths::partnerships::requests() } else { place.as_str() };
    tell(&ask, (kept, form.then()), &to, place)
}

/// `POST /partnership-requests/{id}/delivery`: the installation mails the letter.
pub async fn deliver(
    ask: Ask<RequestPartnerships>,
    id: Id,
    web::Form(form): web::Form<DraftForm>,
) -> Result<HttpResponse> {
    let (now, place) = (Moment::now(), paths::partnerships::request(&id));
    let request = find(&ask, &id).await?;
    let Some(draft) = Draft::in_hand(&ask, request, now) else { return Ok(see_other(place)) };
    let draft = draft.written_in(form.letter.language());
    let drafted = match form.parse(&draft.personal) {
        Ok(drafted) => drafted,
        Err(problems) => return draft.refuse(&ask, form, problems).await,
    };
    let (version, to) = (form.version().unwrap_or(-1), drafted.to.clone());
    let sending = (&draft.personal, form.looked_at());
    let kept = commands::send(&ask, &ask.by, (&id, version), drafted, sending).await?;
    if kept == Kept::Changed {
        return draft.conflict(&ask, form).await;
    }
    if kept == Kept::Done {
        once::take(&ask.session(), &link_name(&draft.id));
    }
    tell(&ask, (kept, Then::Send), &to, &place)
}

/// Says what became of a draft, on the page that follows.
pub(super) fn tell(visit: &Visit, became: (Kept, Then), to: &Email, place: &str) -> Result<HttpResponse> {
    let said = match became {
        (Kept::Changed, _) | (Kept::Closed, Then::Send) => return Ok(see_other(place)),
        (Kept::Closed, _) => Said::RequestClosed,
        (Kept::PointedOut, _) => Said::LookFirst,
        (Kept::Done, Then::Send) => Said::RequestSent { to },
        (Kept::Done, Then::Done) => Said::RequestListed { to },
        (Kept::Done, Then::OpenInEmail) => Said::OpenNow,
        (Kept::Done, Then::Copy) => Said::CopyNow,
        (Kept::Done, Then::Keep | Then::PutLinkBack) => Said::RequestKept,
    };
    visit.done(&said, place)
}

/// `POST /partnership-requests/{id}/link`: Resend. A new link is made, and the old one dies.
pub async fn renew(ask: Ask<RequestPartnerships>, id: Id) -> Result<HttpResponse> {
    let (token, now, place) = (Token::random(), Moment::now(), paths::partnerships::request(&id));
    let (hash, expires_at) = (token.hash(), now.plus_days(ask.site.link_days));
    let name = link_name(&id);
    if !ask.write(move |conn, by| requests::renew(conn, by, &id, (&hash, expires_at), now)).await? {
        return ask.done(&Said::RequestClosed, place);
    }
    once::put(&ask.session(), &name, token.reveal());
    ask.done(&Said::LinkRenewed, place)
}

async fn find<P: Permission>(ask: &Ask<P>, id: &PartnershipRequestId) -> Result<Request> {
    let id = *id;
    ask.read(move |conn, by| requests::find(conn, by, &id)).await
}
