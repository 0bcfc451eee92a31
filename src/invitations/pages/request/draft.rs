//! The draft of a request, which only the browser that holds the link can show.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::link_name;
use crate::access::permission::{AskForAdministration, InviteCustomers};
use crate::access::{Allowed, Permission};
use crate::error::Result;
use crate::invitations::form::DraftForm;
use crate::invitations::letters;
use crate::invitations::model::{Hindrance, Request};
use crate::invitations::store::requests;
use crate::language::{Language, filters};
use crate::links::form::TypedLetter;
use crate::links::fresh::FreshLink;
use crate::links::model::Personal;
use crate::paths;
use crate::values::email::Email;
use crate::values::id::{CustomerRequestId, OrganisationId};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Ask, Problems, Shell, Site, Visit, mailto, once};

#[derive(Template)]
#[template(path = "invitations/draft.html")]
struct DraftPage {
    shell: Shell,
    /// The request, once it is made.
    made: Option<Made>,
    form: DraftForm,
    problems: Problems,
    /// The provider for which a reseller asks, too.
    provider: Option<String>,
    link: String,
    expires_at: Moment,
    why: Why,
    /// Another open request to the same address.
    other: Option<CustomerRequestId>,
    /// Whether the viewer may ask to administer the company.
    may_administer: bool,
}

struct Made {
    id: CustomerRequestId,
    to: Email,
    /// Opens the text as it is kept; a script keeps it up with what is typed.
    mailto: String,
}

impl DraftPage {
    /// Where it is sent from; empty before the request is made.
    fn delivery(&self) -> String {
        self.made.as_ref().map(|made| paths::invitations::delivery(&made.id)).unwrap_or_default()
    }

    /// Opens the text as it is kept; empty before the request is made.
    fn mailto(&self) -> &str {
        self.made.as_ref().map_or("", |made| &made.mailto)
    }
}

/// Why the page of a draft is shown.
pub(in super::super) enum Why {
    Asked,
    /// Somebody else wrote this in the meantime.
    Conflict(Box<DraftForm>),
    /// The link of the page held no longer, so there is another one in the text.
    Renewed,
    /// Nobody could accept it now.
    Hindered(Hindrance),
}

/// A request that is not sent yet, with its link in hand.
pub(in super::super) struct Draft {
    pub id: CustomerRequestId,
    pub personal: Personal,
    pub expires_at: Moment,
    /// The provider that gets the customer, with its name where a reseller asks for it.
    pub provider: (OrganisationId, Option<String>),
    /// How it is kept; none before it is made.
    pub kept: Option<Request>,
}

impl Draft {
    /// The draft, if the viewer's organisation asks, it is open, not sent, and this browser holds the link that holds now.
    pub fn in_hand(
        visit: &Visit,
        by: &Allowed<InviteCustomers>,
        request: Request,
        now: Moment,
    ) -> Option<Self> {
        let token =
            once::look_right_token(&visit.session(), &link_name(&request.id), &request.progress.token_hash)?;
        let is_draft = request.progress.is_draft(now) && request.is_asked_by(&by.organisation.id);
        let (id, expires_at) = (request.id, request.progress.expires_at);
        let personal = personal(&token, expires_at, request.drafted.text.language, &visit.site);
        let name = request.reseller.is_some().then(|| request.provider_name.clone());
        let provider = (request.provider, name);
        is_draft.then_some(Self { id, personal, expires_at, provider, kept: Some(request) })
    }

    /// One that is not made yet.
    pub fn fresh(
        (id, link): (CustomerRequestId, &FreshLink),
        provider: (OrganisationId, Option<String>),
        language: Language,
        site: &Site,
    ) -> Self {
        let personal = personal(&link.token, link.expires_at, language, site);
        Self { id, personal, expires_at: link.expires_at, provider, kept: None }
    }

    /// The same with a letter in the language that the page says.
    pub fn written_in(self, language: Option<Language>) -> Self {
        let Some(language) = language else { return self };
        Self { personal: self.personal.in_language(language), ..self }
    }

    /// The page with the letter begun again in a language. Nothing is kept before one of its buttons is pressed.
    pub async fn begin_in(
        self,
        language: Language,
        ask: &Ask<InviteCustomers>,
        form: DraftForm,
    ) -> Result<HttpResponse> {
        let draft = self.written_in(Some(language));
        let begun = letters::request::begin(language, (&ask.by, draft.provider.1.as_deref()), &ask.site)?;
        let form = DraftForm { letter: TypedLetter::of(&begun, &draft.personal), ..form };
        draft.page(StatusCode::OK, ask, (form, Problems::default()), Why::Asked).await
    }

    /// The draft's page.
    pub async fn page<P: Permission>(
        self,
        status: StatusCode,
        ask: &Ask<P>,
        (form, problems): (DraftForm, Problems),
        why: Why,
    ) -> Result<HttpResponse> {
        let (made, other) = match &self.kept {
            None => (None, None),
            Some(request) => {
                let (id, to, now) = (request.id, request.drafted.to.clone(), Moment::now());
                let other = ask.read(move |conn, by| requests::other_to(conn, by, (&id, &to), now)).await?;
                (Some(self.made(request)), other)
            }
        };
        let page = DraftPage {
            shell: ask.shell(),
            made,
            form,
            problems,
            provider: self.provider.1,
            link: self.personal.link,
            expires_at: self.expires_at,
            why,
            other,
            may_administer: ask.by.may::<AskForAdministration>(),
        };
        ask.with_status(status, &page)
    }

    /// What is personal, in the language in which the letter is kept.
    fn kept_personal(&self, request: &Request) -> Personal {
        self.personal.clone().in_language(request.drafted.text.language)
    }

    fn made(&self, request: &Request) -> Made {
        let kept = DraftForm::of(&request.drafted, &self.kept_personal(request), request.version);
        let to = request.drafted.to.clone();
        Made { id: request.id, mailto: mailto(&to, &kept.letter.subject, &kept.letter.text), to }
    }

    /// The same page again, because something cannot be taken.
    pub async fn refuse(
        self,
        ask: &Ask<InviteCustomers>,
        form: DraftForm,
        problems: Problems,
    ) -> Result<HttpResponse> {
        self.page(StatusCode::UNPROCESSABLE_ENTITY, ask, (form, problems), Why::Asked).await
    }

    /// The same page again, because nobody could accept it now.
    pub async fn hindered(
        self,
        ask: &Ask<InviteCustomers>,
        form: DraftForm,
        hindrance: Hindrance,
    ) -> Result<HttpResponse> {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        self.page(status, ask, (form, Problems::default()), Why::Hindered(hindrance)).await
    }

    /// Somebody else edited the draft: both texts are shown, and sending this form again prefers it.
    pub async fn conflict(self, ask: &Ask<InviteCustomers>, mut form: DraftForm) -> Result<HttpResponse> {
        let id = self.id;
        let request = ask.read(move |conn, by| requests::find_own(conn, by, &id)).await?;
        let theirs = DraftForm::of(&request.drafted, &self.kept_personal(&request), request.version);
        form.version.clone_from(&theirs.version);
        let draft = Self { kept: Some(request), ..self };
        let why = Why::Conflict(Box::new(theirs));
        draft.page(StatusCode::CONFLICT, ask, (form, Problems::default()), why).await
    }
}

fn personal(token: &Token, expires_at: Moment, language: Language, site: &Site) -> Personal {
    let link = format!("{}{}", site.base_url, paths::invitations::link(token.reveal()));
    Personal::of(link, token, expires_at, language)
}
