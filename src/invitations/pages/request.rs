//! One request: its draft while the link is in hand, then how it fares.

pub(super) mod draft;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{AskForAdministration, FollowInvitations, InviteCustomers};
use crate::access::{Allowed, Permission};
use crate::error::Result;
use crate::invitations::form::DraftForm;
use crate::invitations::model::{Hindrance, Request};
use crate::invitations::said::Said;
use crate::invitations::store::contact::contact_for;
use crate::invitations::store::draft::{Kept, keep};
use crate::invitations::store::hindrance::hindrance;
use crate::invitations::store::requests;
use crate::invitations::{commands, letters};
use crate::language::filters;
use crate::links::form::Then;
use crate::links::model::Standing;
use crate::mail::letter::LetterStatus;
use crate::mail::outbox;
use crate::partners::model::contact::Contact;
use crate::paths;
use crate::values::email::Email;
use crate::values::id::CustomerRequestId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Ask, Problems, Shell, Visit, once, see_other};

use draft::{Draft, Why};

#[derive(Template)]
#[template(path = "invitations/show.html")]
struct RequestPage {
    shell: Shell,
    request: Request,
    standing: Standing,
    /// The text of the letter, with a mark in place of the link, which is not kept.
    text: String,
    /// The letters with the link that holds now, of a reminder of it, and of the answer, if the portal sent them for the
    /// viewer's organisation.
    letter: Option<LetterStatus>,
    reminder: Option<LetterStatus>,
    answer: Option<LetterStatus>,
    /// Who looks after it now.
    contact: Option<Contact>,
    /// What keeps it from being accepted now.
    hindrance: Option<Hindrance>,
    is_own: bool,
    /// Whether the viewer may ask for as much as it does.
    may_resend: bool,
    may_remind: bool,
}

type Id = web::Path<CustomerRequestId>;

/// Under which name the link waits in the cookie of whoever drafts the letter.
pub fn link_name(id: &CustomerRequestId) -> String {
    format!("customer-link:{id}")
}

/// `GET /customer-requests/{id}`
pub async fn show(ask: Ask<FollowInvitations>, id: Id) -> Result<HttpResponse> {
    let now = Moment::now();
    let of = *id;
    let request = ask.read(move |conn, by| requests::find(conn, by, &of)).await?;
    if let Ok(may) = Allowed::<InviteCustomers>::check(&ask.by)
        && let Some(draft) = Draft::in_hand(&ask, &may, request.clone(), now)
    {
        let form = DraftForm::of(&request.drafted, &draft.personal, request.version);
        return draft.page(StatusCode::OK, &ask, (form, Problems::default()), Why::Asked).await;
    }
    let asked = request.clone();
    let (letters, contact, hindrance) = ask
        .read(move |conn, by| {
            let (own, about) = (&by.organisation.id, asked.id.as_str());
            let mut letter = |kind| outbox::latest_about(conn, own, (kind, about));
            let letters = [
                letter(&letters::request::KIND)?,
                letter(&letters::reminder::KIND)?,
                letter(&letters::answer::KIND)?,
            ];
            let hindrance = hindrance(conn, &asked.provider, asked.reseller.as_ref())?;
            Ok((letters, contact_for(conn, &asked)?, hindrance))
        })
        .await?;
    let [letter, reminder, answer] = letters;
    let standing = request.standing(now);
    let may_ask = ask.by.may::<InviteCustomers>();
    let is_own = request.is_asked_by(&ask.by.organisation.id);
    ask.page(&RequestPage {
        shell: ask.shell(),
        standing,
        text: request.drafted.text.without_link(request.progress.expires_at),
        letter: letter.filter(|_| request.progress.sent_at.is_some()),
        reminder: reminder.filter(|_| request.reminded_at.is_some()),
        answer,
        contact,
        hindrance: hindrance.filter(|_| standing == Standing::Open),
        is_own,
        may_resend: may_ask
            && (!request.drafted.includes_administration || ask.by.may::<AskForAdministration>()),
        may_remind: may_ask && is_own && request.is_remindable(now),
        request,
    })
}

/// `POST /customer-requests/{id}/text`: keeps the draft, puts its link back, or closes it with Done.
pub async fn update(
    ask: Ask<InviteCustomers>,
    id: Id,
    web::Form(mut form): web::Form<DraftForm>,
) -> Result<HttpResponse> {
    let (now, place) = (Moment::now(), paths::invitations::request(&id));
    let request = find_own(&ask, &id).await?;
    let Some(draft) = Draft::in_hand(&ask, &ask.by, request, now) else { return Ok(see_other(place)) };
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
    let kept = ask.write(move |conn, by| keep(conn, by, (&id, version), &drafted, now)).await?;
    if kept == Kept::Changed {
        return draft.conflict(&ask, form).await;
    }
    let is_done = kept == Kept::Done && form.then() == Then::Done;
    if is_done {
        once::take(&ask.session(), &link_name(&draft.id));
    }
    let place = if is_done { paths::invitations::requests() } else { place.as_str() };
    tell(&ask, (kept, form.then()), &to, place)
}

/// `POST /customer-requests/{id}/delivery`: the installation mails the letter.
pub async fn deliver(
    ask: Ask<InviteCustomers>,
    id: Id,
    web::Form(form): web::Form<DraftForm>,
) -> Result<HttpResponse> {
    let (now, place) = (Moment::now(), paths::invitations::request(&id));
    let request = find_own(&ask, &id).await?;
    let Some(draft) = Draft::in_hand(&ask, &ask.by, request, now) else { return Ok(see_other(place)) };
    let draft = draft.written_in(form.letter.language());
    let drafted = match form.parse(&draft.personal) {
        Ok(drafted) => drafted,
        Err(problems) => return draft.refuse(&ask, form, problems).await,
    };
    let (version, to) = (form.version().unwrap_or(-1), drafted.to.clone());
    let sending = (&draft.personal, form.looked_at());
    let kept = commands::send(&ask, &ask.by, (&id, version), drafted, sending).await?;
    match kept {
        Kept::Changed => return draft.conflict(&ask, form).await,
        Kept::Hindered(hindrance) => return draft.hindered(&ask, form, hindrance).await,
        Kept::Done => _ = once::take(&ask.session(), &link_name(&draft.id)),
        Kept::PointedOut | Kept::Closed => {}
    }
    tell(&ask, (kept, Then::Send), &to, &place)
}

/// Says what became of a draft, on the page that follows.
pub(super) fn tell(visit: &Visit, became: (Kept, Then), to: &Email, place: &str) -> Result<HttpResponse> {
    let said = match became {
        (Kept::Changed | Kept::Hindered(_), _) | (Kept::Closed, Then::Send) => return Ok(see_other(place)),
        (Kept::Closed, _) => Said::Closed,
        (Kept::PointedOut, _) => Said::LookFirst,
        (Kept::Done, Then::Send) => Said::Sent { to },
        (Kept::Done, Then::Done) => Said::Listed { to },
        (Kept::Done, Then::OpenInEmail) => Said::OpenNow,
        (Kept::Done, Then::Copy) => Said::CopyNow,
        (Kept::Done, Then::Keep | Then::PutLinkBack) => Said::Kept,
    };
    visit.done(&said, place)
}

/// `POST /customer-requests/{id}/link`: Resend. A new link is made, and the old one dies.
pub async fn renew(ask: Ask<InviteCustomers>, id: Id) -> Result<HttpResponse> {
    let (token, now, place) = (Token::random(), Moment::now(), paths::invitations::request(&id));
    let (hash, expires_at) = (token.hash(), now.plus_days(ask.site.link_days));
    let name = link_name(&id);
    if !ask.write(move |conn, by| requests::renew(conn, by, &id, (&hash, expires_at), now)).await? {
        return ask.done(&Said::Closed, place);
    }
    once::put(&ask.session(), &name, token.reveal());
    ask.done(&Said::Renewed, place)
}

async fn find_own<P: Permission>(ask: &Ask<P>, id: &CustomerRequestId) -> Result<Request> {
    let id = *id;
    ask.read(move |conn, by| requests::find_own(conn, by, &id)).await
}
