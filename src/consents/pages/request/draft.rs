//! The draft of a request's letter, which only the browser that holds the link can show.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use crate::access::Permission;
use crate::access::permission::AskForAgreements;
use crate::agreements::model::{Party, Request};
use crate::agreements::store::{requests, texts};
use crate::consents::commands::link_name;
use crate::consents::form::LetterForm;
use crate::consents::letters;
use crate::consents::store::subject::party_now;
use crate::customers::new_account::Terms;
use crate::error::Result;
use crate::language::{Language, filters};
use crate::links::form::TypedLetter;
use crate::links::model::Personal;
use crate::paths;
use crate::values::moment::Moment;
use crate::web::{Ask, Problems, Shell, Visit, mailto, once};

#[derive(Template)]
#[template(path = "consents/draft.html")]
struct DraftPage {
    shell: Shell,
    request: Request,
    form: LetterForm,
    problems: Problems,
    /// Opens the text as it is kept; a script keeps it up with what is typed.
    mailto: String,
    link: String,
    /// What somebody else wrote in the meantime.
    theirs: Option<LetterForm>,
    /// Whom the account names now, where that is somebody else.
    changed: Option<Party>,
    /// The version of the text that the page behind the link shows; none where none is published.
    version: Option<i32>,
}

/// A request that is not sent yet, with its link in hand.
pub(super) struct Draft {
    pub request: Request,
    pub personal: Personal,
}

impl Draft {
    /// The draft, if it is open, not sent, and this browser holds the link that holds now.
    pub fn in_hand(visit: &Visit, request: Request, now: Moment) -> Option<Self> {
        let token =
            once::look_right_token(&visit.session(), &link_name(&request.id), &request.progress.token_hash)?;
        let is_draft = request.progress.is_draft(now);
        let link = format!("{}{}", visit.site.base_url, paths::consents::link(token.reveal()));
        let personal = Personal::of(link, &token, request.progress.expires_at, request.text.language);
        is_draft.then_some(Self { request, personal })
    }

    /// The same with a letter in the language that the page says.
    pub fn written_in(self, language: Option<Language>) -> Self {
        let Some(language) = language else { return self };
        let personal = self.personal.in_language(language);
        Self { personal, ..self }
    }

    /// The page with the letter begun again in a language. Nothing is kept before one of its buttons is pressed.
    pub async fn begin_in(
        self,
        language: Language,
        ask: &Ask<AskForAgreements>,
        form: LetterForm,
    ) -> Result<HttpResponse> {
        let draft = self.written_in(Some(language));
        let begun = letters::request::begin(language, &ask.by, &draft.request.party, &ask.site)?;
        let form = LetterForm { letter: TypedLetter::of(&begun, &draft.personal), ..form };
        draft.page(StatusCode::OK, ask, form, Problems::default(), None).await
    }

    /// The draft's page.
    pub async fn page<P: Permission>(
        self,
        status: StatusCode,
        ask: &Ask<P>,
        form: LetterForm,
        problems: Problems,
        theirs: Option<LetterForm>,
    ) -> Result<HttpResponse> {
        let (request, terms) = (self.request.clone(), Terms::of(&ask.by, &ask.site, Moment::now()));
        let (party, text) = ask
            .read(move |conn, by| {
                let party = party_now(conn, by, &request, &terms)?;
                Ok((party, texts::in_force(conn, request.party.country, request.text.language)?))
            })
            .await?;
        let request = self.request;
        let personal = self.personal.clone().in_language(request.text.language);
        let kept = LetterForm::of(&request.text, &personal, request.version);
        let mailto = mailto(&request.party.email, &kept.letter.subject, &kept.letter.text);
        let page = DraftPage {
            shell: ask.shell(),
            form,
            problems,
            mailto,
            link: self.personal.link,
            theirs,
            changed: party.filter(|party| request.is_outdated(party)),
            version: text.map(|text| text.version),
            request,
        };
        ask.with_status(status, &page)
    }

    /// The same page again, because the text cannot be taken.
    pub async fn refuse(
        self,
        ask: &Ask<AskForAgreements>,
        form: LetterForm,
        problems: Problems,
    ) -> Result<HttpResponse> {
        self.page(StatusCode::UNPROCESSABLE_ENTITY, ask, form, problems, None).await
    }

    /// Somebody else edited the draft: both texts are shown, and sending this form again prefers it.
    pub async fn conflict(self, ask: &Ask<AskForAgreements>, mut form: LetterForm) -> Result<HttpResponse> {
        let id = self.request.id;
        let request = ask.read(move |conn, by| requests::find(conn, by, &id)).await?;
        let personal = self.personal.clone().in_language(request.text.language);
        let theirs = LetterForm::of(&request.text, &personal, request.version);
        form.version.clone_from(&theirs.version);
        let draft = Self { request, personal: self.personal };
        draft.page(StatusCode::CONFLICT, ask, form, Problems::default(), Some(theirs)).await
    }
}
