//! The page behind a mailed link: who asks, for which company, the text, and the answer. Looking changes nothing.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::consents::form::{AcceptanceForm, RefusalForm};
use crate::consents::store::answer::{self, Invitation};
use crate::error::Result;
use crate::language::filters;
use crate::links::model::Standing;
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenHash};
use crate::web::page::unlisted;
use crate::web::{Problems, Shell, Visit};

/// A request that may be answered.
#[derive(Template)]
#[template(path = "consents/link.html")]
pub struct LinkPage {
    pub shell: Shell,
    /// The token of the link, once more, for the forms.
    pub token: String,
    pub invitation: Invitation,
    pub acceptance: AcceptanceForm,
    pub refusal: RefusalForm,
    pub problems: Problems,
    /// A newer text holds than the one that was read and accepted.
    pub is_other_text: bool,
}

/// Nothing can be answered here, and why.
#[derive(Template)]
#[template(path = "consents/closed.html")]
struct ClosedPage {
    shell: Shell,
    standing: Standing,
    invitation: Invitation,
}

/// There is no such link.
#[derive(Template)]
#[template(path = "consents/unknown.html")]
struct UnknownPage {
    shell: Shell,
}

/// `GET /consents/{token}`
pub async fn show(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let shell = visit.shell();
    let Some(hash) = hash_of(&token) else { return unknown(&visit, shell) };
    match look(&visit, &hash).await? {
        Some(invitation) => answerable(&visit, StatusCode::OK, LinkPage::new(shell, &token, invitation)),
        None => unknown(&visit, shell),
    }
}

/// What is kept of a link's token; none for what cannot be one.
pub fn hash_of(token: &str) -> Option<TokenHash> {
    Token::parse(token).map(|token| token.hash())
}

/// Looks at the request behind a link.
///
/// # Errors
/// Database errors.
pub async fn look(visit: &Visit, hash: &TokenHash) -> Result<Option<Invitation>> {
    let (hash, language) = (hash.clone(), visit.language());
    visit.read(move |conn| answer::invitation(conn, &hash, language)).await
}

/// The page of a request, as far as it can be answered; no search engine keeps it.
///
/// # Errors
/// When the template cannot be rendered.
pub fn answerable(visit: &Visit, status: StatusCode, page: LinkPage) -> Result<HttpResponse> {
    let standing = page.invitation.request.standing(Moment::now());
    let closed = match standing {
        Standing::Open => return visit.with_status(status, &page).map(unlisted),
        Standing::Accepted => StatusCode::OK,
        Standing::Declined | Standing::Expired | Standing::Revoked => StatusCode::GONE,
    };
    let LinkPage { shell, invitation, .. } = page;
    visit.with_status(closed, &ClosedPage { shell, standing, invitation }).map(unlisted)
}

/// # Errors
/// When the template cannot be rendered.
pub fn unknown(visit: &Visit, shell: Shell) -> Result<HttpResponse> {
    visit.with_status(StatusCode::NOT_FOUND, &UnknownPage { shell }).map(unlisted)
}

/// Whether somebody of the provider that asks looks: the customer answers, nobody for it.
pub(super) fn is_askers(shell: &Shell, invitation: &Invitation) -> bool {
    shell.viewer.as_ref().is_some_and(|viewer| viewer.organisation.id == invitation.request.provider)
}

impl LinkPage {
    /// The page with empty forms.
    pub fn new(shell: Shell, token: &str, invitation: Invitation) -> Self {
        Self {
            shell,
            token: token.to_owned(),
            invitation,
            acceptance: AcceptanceForm::default(),
            refusal: RefusalForm::default(),
            problems: Problems::default(),
            is_other_text: false,
        }
    }

    /// Whether somebody of the provider that asks looks at it.
    fn is_askers(&self) -> bool {
        is_askers(&self.shell, &self.invitation)
    }

    /// Whether it is the refusal that has to be mended.
    fn is_refusing(&self) -> bool {
        let fields = ["refusing_first_name", "refusing_last_name", "reason"];
        fields.iter().any(|field| self.problems.at(field).is_some())
    }
}
