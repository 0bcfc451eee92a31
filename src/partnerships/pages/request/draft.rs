//! The draft of a request, which only the browser that holds the link can show.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::link_name;
use crate::access::Permission;
use crate::access::permission::RequestPartnerships;
use crate::error::Result;
use crate::language::Language;
use crate::language::filters;
use crate::links::form::TypedLetter;
use crate::links::model::Personal;
use crate::partnerships::form::DraftForm;
use crate::partnerships::fresh::Fresh;
use crate::partnerships::letters;
use crate::partnerships::model::Request;
use crate::partnerships::store::requests;
use crate::paths;
use crate::values::email::Email;
use crate::values::id::PartnershipRequestId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Ask, Problems, Shell, Site, Visit, mailto, once};

#[derive(Template)]
#[template(path = "partnerships/draft.html")]
struct DraftPage {
    shell: Shell,
    /// The request, once it is made.
    made: Option<Made>,
    form: DraftForm,
    problems: Problems,
    link: String,
    expires_at: Moment,
    why: Why,
    /// Another open request to the same address.
    other: Option<PartnershipRequestId>,
    /// The active partner that has the address.
    partner: Option<String>,
}

struct Made {
    id: PartnershipRequestId,
    to: Email,
    /// Opens the text as it is kept; a script keeps it up with what is typed.
    mailto: String,
}

impl DraftPage {
    /// Where it is sent from; empty before the request is made.
    fn delivery(&self) -> String {
        self.made.as_ref().map(|made| paths::partnerships::delivery(&made.id)).unwrap_or_default()
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
    /// A suspended provider asks nobody.
    Suspended,
}

/// A request that is not sent yet, with its link in hand.
pub(in super::super) struct Draft {
    pub id: PartnershipRequestId,
    pub personal: Personal,
    pub expires_at: Moment,
    /// How it is kept; none before it is made.
    pub kept: Option<Request>,
}

impl Draft {
    /// The draft, if it is open, not sent, and this browser holds the link that holds now.
    pub fn in_hand(visit: &Visit, request: Request, now: Moment) -> Option<Self> {
        let token =
            once::look_right_token(&visit.session(), &link_name(&request.id), &request.progress.token_hash)?;
        let is_draft = request.progress.is_draft(now);
        let (id, expires_at) = (request.id, request.progress.expires_at);
        let personal = personal(&token, expires_at, request.draft.language, &visit.site);
        is_draft.then_some(Self { id, personal, expires_at, kept: Some(request) })
    }

    /// One that is not made yet.
    pub fn fresh(fresh: &Fresh, language: Language, site: &Site) -> Self {
        let personal = personal(&fresh.link.token, fresh.link.expires_at, language, site);
        Self { id: fresh.id, personal, expires_at: fresh.link.expires_at, kept: None }
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
        ask: &Ask<RequestPartnerships>,
        form: DraftForm,
    ) -> Result<HttpResponse> {
        let draft = self.written_in(Some(language));
        let begun = letters::request::begin(language, &ask.by, &ask.site)?;
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
        let (made, other, partner) = match &self.kept {
            None => (None, None, None),
            Some(request) => {
                let (id, to, now) = (request.id, request.to.clone(), Moment::now());
                let (other, partner) = ask
                    .read(move |conn, by| {
                        let partner = requests::partner_at(conn, by, &to)?;
                        Ok((requests::other_to(conn, by, (&id, &to), now)?, partner))
                    })
                    .await?;
                (Some(self.made(request)), other, partner)
            }
        };
        let (shell, link, expires_at) = (ask.shell(), self.personal.link, self.expires_at);
        let page = DraftPage { shell, made, form, problems, link, expires_at, why, other, partner };
        ask.with_status(status, &page)
    }

    /// What is personal, in the language in which the letter is kept.
    fn kept_personal(&self, request: &Request) -> Personal {
        self.personal.clone().in_language(request.draft.language)
    }

    fn made(&self, request: &Request) -> Made {
        let kept = DraftForm::of(&request.drafted(), &self.kept_personal(request), request.version);
        let mailto = mailto(&request.to, &kept.letter.subject, &kept.letter.text);
        Made { id: request.id, to: request.to.clone(), mailto }
    }

    /// The same page again, because something cannot be taken.
    pub async fn refuse(
        self,
        ask: &Ask<RequestPartnerships>,
        form: DraftForm,
        problems: Problems,
    ) -> Result<HttpResponse> {
        self.page(StatusCode::UNPROCESSABLE_ENTITY, ask, (form, problems), Why::Asked).await
    }

    /// Somebody else edited the draft: both texts are shown, and sending this form again prefers it.
    pub async fn conflict(self, ask: &Ask<RequestPartnerships>, mut form: DraftForm) -> Result<HttpResponse> {
        let id = self.id;
        let request = ask.read(move |conn, by| requests::find(conn, by, &id)).await?;
        let theirs = DraftForm::of(&request.drafted(), &self.kept_personal(&request), request.version);
        form.version.clone_from(&theirs.version);
        let draft = Self { kept: Some(request), ..self };
        let why = Why::Conflict(Box::new(theirs));
        draft.page(StatusCode::CONFLICT, ask, (form, Problems::default()), why).await
    }
}

fn personal(token: &Token, expires_at: Moment, language: Language, site: &Site) -> Personal {
    let link = format!("{}{}", site.base_url, paths::partnerships::link(token.reveal()));
    Personal::of(link, token, expires_at, language)
}
