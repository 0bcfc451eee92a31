//! Request a reseller relationship, and Invite new customers: the draft opens at once, with its link. Nothing is kept
//! before one of its buttons is pressed, and no button lets a link out that is not kept.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::request::draft::{Draft, Why};
use super::request::{link_name, tell};
use crate::access::permission::InviteCustomers;
use crate::error::{Error, Result};
use crate::invitations::commands;
use crate::invitations::form::DraftForm;
use crate::invitations::letters;
use crate::invitations::model::Hindrance;
use crate::invitations::store::draft::Kept;
use crate::invitations::store::hindrance::hindrance;
use crate::invitations::store::requests::{Asked, NewRequest, reseller_of};
use crate::links::form::Then;
use crate::links::fresh::FreshLink;
use crate::partners;
use crate::partnerships::directory::find_partner;
use crate::paths;
use crate::values::id::{CustomerRequestId, OrganisationId, PersonId};
use crate::values::moment::Moment;
use crate::values::typed::typed;
use crate::web::{Ask, Problems, once};

/// For which provider a reseller asks.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Beginning {
    #[serde(deserialize_with = "typed")]
    provider: String,
}

/// `GET /customer-requests/new`
pub async fn new(
    ask: Ask<InviteCustomers>,
    web::Query(beginning): web::Query<Beginning>,
) -> Result<HttpResponse> {
    let (provider, hindrance) = provider(&ask, &beginning.provider).await?;
    let (id, link) = (CustomerRequestId::new(), FreshLink::new(ask.site.link_days, Moment::now()));
    let language = ask.language();
    let seal = link.seal(&ask.vault, &place(&id, &ask.by.person))?;
    let draft = Draft::fresh((id, &link), provider, language, &ask.site);
    let text = letters::request::begin(language, (&ask.by, draft.provider.1.as_deref()), &ask.site)?;
    let form = DraftForm {
        id: id.to_string(),
        seal,
        provider: beginning.provider,
        ..DraftForm::begun(&text, &draft.personal)
    };
    let why = hindrance.map_or(Why::Asked, Why::Hindered);
    draft.page(StatusCode::OK, &ask, (form, Problems::default()), why).await
}

/// Who gets the customer: the own organisation, or a provider that is or was a partner; and what stands in the way.
async fn provider(
    ask: &Ask<InviteCustomers>,
    wanted: &str,
) -> Result<((OrganisationId, Option<String>), Option<Hindrance>)> {
    if ask.by.is_provider() {
        return Ok(((ask.by.organisation.id, None), None));
    }
    let id = OrganisationId::parse(wanted).ok_or(Error::NotFound)?;
    ask.read(move |conn, by| {
        // Who is no partner does not exist for the reseller.
        find_partner(conn, &id, &by.organisation.id)?.ok_or(Error::NotFound)?;
        let name = partners::store::find(conn, &id)?.name;
        Ok(((id, Some(name)), hindrance(conn, &id, reseller_of(by))?))
    })
    .await
}

/// `POST /customer-requests`: makes the request, then does what its button says.
pub async fn create(
    ask: Ask<InviteCustomers>,
    web::Form(mut form): web::Form<DraftForm>,
) -> Result<HttpResponse> {
    let now = Moment::now();
    let (provider, _) = provider(&ask, &form.provider).await?;
    let Some((id, link)) = opened(&ask, &form, now) else { return renewed(&ask, provider, form, now).await };
    let language = form.letter.language().unwrap_or_default();
    let draft = Draft::fresh((id, &link), provider, language, &ask.site);
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
    let to = drafted.to.clone();
    let (provider, token_hash, expires_at) = (draft.provider.0, link.token.hash(), link.expires_at);
    let new = NewRequest { id, provider, drafted, token_hash, expires_at };
    let kept = match commands::make(&ask, &ask.by, (new, form.version()), sending, now).await? {
        Asked::Made(Kept::Hindered(hindrance)) | Asked::Hindered(hindrance) => {
            return draft.hindered(&ask, form, hindrance).await;
        }
        Asked::Made(kept) => kept,
        Asked::Relinked | Asked::Kept(_) => return renewed(&ask, draft.provider, form, now).await,
    };
    let is_over =
        kept == Kept::Closed || kept == Kept::Done && matches!(form.then(), Then::Done | Then::Send);
    if !is_over {
        once::put(&ask.session(), &link_name(&id), link.token.reveal());
    }
    if kept == Kept::Changed {
        return draft.conflict(&ask, form).await;
    }
    let place = match (kept, form.then()) {
        (Kept::Done, Then::Done) => paths::invitations::requests().to_owned(),
        _ => paths::invitations::request(&id),
    };
    tell(&ask, (kept, form.then()), &to, &place)
}

/// What the page was sealed with, as long as its link would hold.
fn opened(
    ask: &Ask<InviteCustomers>,
    form: &DraftForm,
    now: Moment,
) -> Option<(CustomerRequestId, FreshLink)> {
    let id = CustomerRequestId::parse(&form.id)?;
    let link = FreshLink::open(&ask.vault, &place(&id, &ask.by.person), &form.seal, now)?;
    Some((id, link))
}

/// The same page with another link, for a request of its own: the link of this one holds no longer.
async fn renewed(
    ask: &Ask<InviteCustomers>,
    provider: (OrganisationId, Option<String>),
    form: DraftForm,
    now: Moment,
) -> Result<HttpResponse> {
    let (id, link) = (CustomerRequestId::new(), FreshLink::new(ask.site.link_days, now));
    let language = form.letter.language().unwrap_or_default();
    let seal = link.seal(&ask.vault, &place(&id, &ask.by.person))?;
    let draft = Draft::fresh((id, &link), provider, language, &ask.site);
    let form = DraftForm {
        id: id.to_string(),
        seal,
        letter: form.letter.with_link(&draft.personal),
        version: String::new(),
        ..form
    };
    draft.page(StatusCode::UNPROCESSABLE_ENTITY, ask, (form, Problems::default()), Why::Renewed).await
}

fn place(id: &CustomerRequestId, person: &PersonId) -> String {
    format!("customer request {id} of {person}")
}
