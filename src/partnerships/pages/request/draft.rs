//! The draft of a request's letter, which only the browser that holds the link can show.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::link_name;
use crate::access::Allowed;
use crate::access::permission::RequestPartnerships;
use crate::db::Db;
use crate::error::Result;
use crate::mail::letter::Letter;
use crate::partnerships::form::DraftForm;
use crate::partnerships::letter;
use crate::partnerships::model::{DraftText, Personal, Request, Standing, UNTIL};
use crate::partnerships::store::requests;
use crate::values::id::PartnershipRequestId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::page::with_status;
use crate::web::{Problems, Shell, Site, mailto, once};

#[derive(Template)]
#[template(path = "partnerships/draft.html")]
struct DraftPage {
    shell: Shell,
    request: Request,
    place: String,
    form: DraftForm,
    problems: Problems,
    /// Opens the text as it is kept; a script keeps it up with what is typed.
    mailto: String,
    link: String,
    /// What somebody else wrote in the meantime.
    theirs: Option<DraftForm>,
    /// Another open request to the same address.
    other: Option<PartnershipRequestId>,
    /// The active partner that has the address.
    partner: Option<String>,
}

/// What the pages of a draft are made with.
pub(super) type With<'a> = (Shell, &'a web::Data<Db>, &'a Site, &'a Allowed<RequestPartnerships>);

/// A request that is not sent yet, with its link in hand.
pub(super) struct Draft {
    pub request: Request,
    pub personal: Personal,
}

impl Draft {
    /// The draft, if it is open, not sent, and this browser holds the link that holds now.
    pub fn in_hand(session: &Session, site: &Site, request: Request, now: Moment) -> Option<Self> {
        let kept = once::look(session, &link_name(&request.id))?;
        let token = Token::parse(&kept).filter(|token| token.hash() == request.token_hash)?;
        let is_draft = request.standing(now) == Standing::Open && request.sent_at.is_none();
        let personal = Personal {
            link: format!("{}/partnerships/{}", site.base_url, token.reveal()),
            token: token.reveal().to_owned(),
            until: until(request.expires_at),
        };
        is_draft.then_some(Self { request, personal })
    }

    /// The letter as it leaves.
    pub fn letter(
        &self,
        sender: &Allowed<RequestPartnerships>,
        text: &DraftText,
        site: &Site,
    ) -> Result<Letter> {
        let filled =
            DraftText { subject: self.personal.fill(&text.subject), text: self.personal.fill(&text.text) };
        let (link, until) = (&self.personal.link, &self.personal.until);
        letter::request(sender, &self.request, &filled, link, until, site)
    }

    /// The draft's page.
    pub async fn page(
        self,
        status: StatusCode,
        (shell, db, _, may): With<'_>,
        form: DraftForm,
        problems: Problems,
        theirs: Option<DraftForm>,
    ) -> Result<HttpResponse> {
        let (request, may, now) = (self.request.clone(), may.clone(), Moment::now());
        let (other, partner) = db
            .read(move |conn| {
                let partner = requests::partner_at(conn, &may, &request.to)?;
                Ok((requests::other_to(conn, &may, &request, now)?, partner))
            })
            .await?;
        let kept = DraftForm::of(&self.request.draft, &self.personal, self.request.version);
        let mailto = mailto(self.request.to.as_str(), &kept.subject, &kept.text.replace("\r\n", "\n"));
        let (place, link) = (super::place_of(&self.request.id), self.personal.link);
        let request = self.request;
        let page = DraftPage { shell, request, place, form, problems, mailto, link, theirs, other, partner };
        with_status(status, &page)
    }

    /// The same page again, because the text cannot be taken.
    pub async fn refuse(self, with: With<'_>, form: DraftForm, problems: Problems) -> Result<HttpResponse> {
        self.page(StatusCode::UNPROCESSABLE_ENTITY, with, form, problems, None).await
    }

    /// Somebody else edited the draft: both texts are shown, and sending this form again prefers it.
    pub async fn conflict(self, with: With<'_>, mut form: DraftForm) -> Result<HttpResponse> {
        let (may, id) = (with.3.clone(), self.request.id.clone());
        let request = with.1.read(move |conn| requests::find(conn, &may, &id)).await?;
        let theirs = DraftForm::of(&request.draft, &self.personal, request.version);
        form.version.clone_from(&theirs.version);
        let draft = Self { request, personal: self.personal };
        draft.page(StatusCode::CONFLICT, with, form, Problems::default(), Some(theirs)).await
    }
}

/// The kept text for people who do not have the link.
pub(super) fn shown_text(request: &Request) -> String {
    request.draft.text.replace(UNTIL, &until(request.expires_at))
}

/// The letter's reader may be anywhere, so the moment is told in UTC.
fn until(expires_at: Moment) -> String {
    expires_at.at(chrono_tz::UTC).format("%-d %b %Y, %H:%M (UTC)").to_string()
}
