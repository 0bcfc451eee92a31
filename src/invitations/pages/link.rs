//! The page behind a mailed link: who asks and what it means; proof comes next. Looking changes nothing.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpMessage as _, HttpResponse, web};
use askama::Template;

use super::company::password_name;
use crate::access::identity::Identity;
use crate::access::{OrganisationKind, Role, Viewer};
use crate::error::Result;
use crate::invitations::form::answer::DomainForm;
use crate::invitations::form::{CodeForm, RefusalForm};
use crate::invitations::model::answer::Speaker;
use crate::invitations::model::{Hindrance, proof};
use crate::invitations::store::link::{self, Invitation};
use crate::language::filters;
use crate::links::model::Standing;
use crate::paths;
use crate::values::email::Email;
use crate::values::id::CustomerRequestId;
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenHash};
use crate::web::page::unlisted;
use crate::web::{Problems, Shell, Visit, once};

/// A request that may be answered.
#[derive(Template)]
#[template(path = "invitations/link.html")]
pub struct LinkPage {
    pub shell: Shell,
    /// The token of the link, once more, for the forms.
    pub token: String,
    pub invitation: Invitation,
    pub code: CodeForm,
    pub refusal: RefusalForm,
    pub problems: Problems,
    /// Seconds until the next code is mailed, after too many.
    pub wait: Option<i64>,
    /// Whether whoever looks has proved to read the mailbox.
    pub is_proved: bool,
    /// The company as whose administrator whoever looks is signed in.
    pub signed_in_for: Option<String>,
    pub domain: DomainForm,
}

/// Nothing can be answered here, and why.
#[derive(Template)]
#[template(path = "invitations/closed.html")]
struct ClosedPage {
    shell: Shell,
    /// The user name and the temporary password of a new company's first user, once.
    first_user: Option<(String, String)>,
    standing: Standing,
    invitation: Invitation,
}

/// There is no such link.
#[derive(Template)]
#[template(path = "invitations/unknown.html")]
struct UnknownPage {
    shell: Shell,
}

/// `GET /customer-invitations/{token}`
pub async fn show(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let Some(hash) = hash_of(&token) else { return unknown(&visit) };
    match look(&visit, &hash).await? {
        Some(invitation) => answerable(&visit, StatusCode::OK, LinkPage::new(&visit, &token, invitation)),
        None => unknown(&visit),
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
    let hash = hash.clone();
    visit.read(move |conn| link::invitation(conn, &hash)).await
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
    let first_user = once::take(&visit.session(), &password_name(&invitation));
    let first_user = first_user
        .and_then(|kept| kept.split_once(' ').map(|(name, password)| (name.to_owned(), password.to_owned())));
    visit.with_status(closed, &ClosedPage { shell, first_user, standing, invitation }).map(unlisted)
}

/// # Errors
/// When the template cannot be rendered.
pub fn unknown(visit: &Visit) -> Result<HttpResponse> {
    visit.with_status(StatusCode::NOT_FOUND, &UnknownPage { shell: visit.shell() }).map(unlisted)
}

/// Under which name a browser keeps that somebody there reads the mailbox.
pub fn proof_name(id: &CustomerRequestId) -> String {
    format!("customer-proof:{id}")
}

/// Who of a company is signed in and may speak for it.
fn administrator(visit: &Visit) -> Option<Arc<Viewer>> {
    let extensions = visit.request().extensions();
    let Some(Identity::Person(viewer)) = extensions.get::<Identity>() else { return None };
    let speaks =
        viewer.organisation.kind == OrganisationKind::Customer && viewer.roles.contains(&Role::GlobalAdmin);
    speaks.then(|| Arc::clone(viewer))
}

/// The address with which whoever visits is signed in.
pub fn signed_in_as(visit: &Visit) -> Option<Email> {
    administrator(visit).map(|viewer| viewer.email.clone())
}

/// Who whoever visits has proved to be: the administrator of a company, or who reads the mailbox.
pub fn speaker(visit: &Visit, invitation: &Invitation) -> Option<Speaker> {
    match administrator(visit) {
        Some(viewer) => Some(Speaker::Admin(viewer.organisation.id)),
        None => {
            has_proved(visit, invitation).then(|| Speaker::Mailbox(invitation.request.drafted.to.clone()))
        }
    }
}

/// Whether whoever visits has proved to read the mailbox to which this request was sent.
pub fn has_proved(visit: &Visit, invitation: &Invitation) -> bool {
    let request = &invitation.request;
    let proved = (&request.progress.token_hash, &request.drafted.to);
    once::look(&visit.session(), &proof_name(&request.id))
        .is_some_and(|kept| proof::holds(&kept, proved, Moment::now()))
}

impl LinkPage {
    /// The page with empty forms.
    pub fn new(visit: &Visit, token: &str, invitation: Invitation) -> Self {
        Self {
            is_proved: has_proved(visit, &invitation),
            signed_in_for: administrator(visit).map(|viewer| viewer.organisation.name.clone()),
            domain: DomainForm::default(),
            shell: visit.shell(),
            token: token.to_owned(),
            invitation,
            code: CodeForm::default(),
            refusal: RefusalForm::default(),
            problems: Problems::default(),
            wait: None,
        }
    }

    /// Where an administrator signs in, and comes back from.
    fn sign_in_then(&self) -> String {
        paths::session::sign_in_then(&paths::invitations::link(&self.token))
    }

    /// Whether somebody of those who ask looks at it.
    fn is_askers(&self) -> bool {
        let request = &self.invitation.request;
        self.shell.viewer.as_ref().is_some_and(|viewer| {
            viewer.organisation.id == request.provider || request.reseller == Some(viewer.organisation.id)
        })
    }

    /// Whether it is the refusal that has to be mended.
    fn is_refusing(&self) -> bool {
        ["name", "reason"].iter().any(|field| self.problems.at(field).is_some())
    }

    /// What keeps it from being accepted now.
    fn hindrance(&self) -> Option<Hindrance> {
        self.invitation.hindrance
    }
}
