//! The page behind a mailed link: who asks, what accepting means, and how to answer. Looking changes nothing.

use actix_web::http::StatusCode;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};
use askama::Template;

use crate::access::gate::Identity;
use crate::access::permission::AuthorizeProviders;
use crate::access::store::operator;
use crate::access::{Permission as _, Role, Viewer};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::partners::model::{Location, Organisation, OrganisationState};
use crate::partnerships::form::{AcceptanceForm, RefusalForm};
use crate::partnerships::model::{Obstacle, Standing};
use crate::partnerships::store::link::{self, Invitation, Situation};
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenHash};
use crate::web::page::{unlisted, with_status};
use crate::web::pager::address;
use crate::web::{Problems, Shell};

/// An invitation that may be answered, by the one who looks or by somebody else.
#[derive(Template)]
#[template(path = "partnerships/link.html")]
pub struct LinkPage {
    pub shell: Shell,
    pub place: String,
    pub invitation: Invitation,
    pub part: Part,
}

/// What the one who looks can do.
pub enum Part {
    /// Sign in first, or enrol where somebody decides about it, and come back.
    SignIn { href: String, enrol: Option<String> },
    /// Answer.
    Answer(Box<AnswerPart>),
    /// Ask a colleague.
    NoRight { roles: &'static [Role], colleagues: Vec<String> },
}

pub struct AnswerPart {
    pub own: Organisation,
    pub locations: Vec<Location>,
    pub unsigned: Option<i32>,
    pub acceptance: AcceptanceForm,
    pub refusal: RefusalForm,
    pub problems: Problems,
}

/// Nothing can be answered here, and why.
#[derive(Template)]
#[template(path = "partnerships/closed.html")]
struct ClosedPage {
    shell: Shell,
    why: Closed,
}

enum Closed {
    Unknown,
    Expired(Box<Invitation>),
    Revoked(Box<Invitation>),
    Accepted(Box<Invitation>),
    /// Accepted by the organisation of the one who looks: all is well.
    AcceptedByUs(Box<Invitation>),
    /// The same, but the partnership has been removed since.
    Ended(Box<Invitation>),
    Declined(Box<Invitation>),
    Obstacle(Obstacle, Box<Invitation>),
}

/// `GET /partnerships/{token}`
pub async fn show(
    request: HttpRequest,
    shell: Shell,
    db: web::Data<Db>,
    token: web::Path<String>,
) -> Result<HttpResponse> {
    if matches!(request.extensions().get::<Identity>(), Some(Identity::Unknown)) {
        return Err(Error::Internal(anyhow::anyhow!("nobody could be looked up")));
    }
    let Some(hash) = hash_of(&token) else { return closed(shell, Closed::Unknown) };
    let found = look(&db, &hash, shell.viewer.clone()).await?;
    let Some(Looked { invitation, viewed }) = found else { return closed(shell, Closed::Unknown) };
    if let Some(why) = why_closed(&shell, &invitation, viewed.as_ref()) {
        return closed(shell, why);
    }
    let place = place_of(&token);
    let part = match viewed {
        None if invitation.provider.state == OrganisationState::Suspended => {
            return closed(shell, Closed::Obstacle(Obstacle::ProviderSuspended, Box::new(invitation)));
        }
        None => {
            let operator = db.read(operator).await?;
            let next = [("next", place.as_str())];
            let enrol = operator.as_ref().map(|_| address("/enrol/reseller", &(), &next));
            Part::SignIn { href: address("/sign-in", &(), &next), enrol }
        }
        Some(situation) => part(&shell, &db, situation).await?,
    };
    answer_page(StatusCode::OK, LinkPage { shell, place, invitation, part })
}

/// The address of a link's page.
pub fn place_of(token: &str) -> String {
    format!("/partnerships/{token}")
}

/// What is kept of a link's token; none for what cannot be one.
pub fn hash_of(token: &str) -> Option<TokenHash> {
    Token::parse(token).map(|token| token.hash())
}

/// An invitation, and where the organisation of the one who looks stands.
pub struct Looked {
    pub invitation: Invitation,
    pub viewed: Option<Situation>,
}

/// Looks at the invitation behind a link.
///
/// # Errors
/// Database errors.
pub async fn look(db: &Db, hash: &TokenHash, viewer: Option<Viewer>) -> Result<Option<Looked>> {
    let hash = hash.clone();
    db.read(move |conn| {
        let Some(invitation) = link::invitation(conn, &hash)? else { return Ok(None) };
        let viewed = viewer.map(|viewer| link::situation(conn, &viewer, &invitation)).transpose()?;
        Ok(Some(Looked { invitation, viewed }))
    })
    .await
}

/// The page of an open invitation, which no search engine keeps.
///
/// # Errors
/// When the template cannot be rendered.
pub fn answer_page(status: StatusCode, page: LinkPage) -> Result<HttpResponse> {
    with_status(status, &page).map(unlisted)
}

fn why_closed(shell: &Shell, invitation: &Invitation, viewed: Option<&Situation>) -> Option<Closed> {
    let request = &invitation.request;
    let invitation = Box::new(invitation.clone());
    let is_ours = shell.viewer.as_ref().is_some_and(|viewer| request.is_accepted_by(&viewer.organisation.id));
    match request.standing(Moment::now()) {
        Standing::Accepted if is_ours && viewed.is_some_and(|viewed| viewed.are_partners) => {
            Some(Closed::AcceptedByUs(invitation))
        }
        Standing::Accepted if is_ours => Some(Closed::Ended(invitation)),
        Standing::Accepted => Some(Closed::Accepted(invitation)),
        Standing::Declined => Some(Closed::Declined(invitation)),
        Standing::Revoked => Some(Closed::Revoked(invitation)),
        Standing::Expired => Some(Closed::Expired(invitation)),
        Standing::Open => {
            viewed.and_then(|viewed| viewed.obstacle).map(|obstacle| Closed::Obstacle(obstacle, invitation))
        }
    }
}

async fn part(shell: &Shell, db: &Db, situation: Situation) -> Result<Part> {
    if let Some(viewer) = shell.viewer.clone().filter(|viewer| !viewer.may::<AuthorizeProviders>()) {
        let roles = AuthorizeProviders::GRANTS.iter().find(|(kind, _)| *kind == viewer.organisation.kind);
        let roles: &[Role] = roles.map_or(&[], |(_, roles)| roles);
        let colleagues = db.read(move |conn| link::colleagues_who_may(conn, &viewer)).await?;
        return Ok(Part::NoRight { roles, colleagues });
    }
    Ok(Part::Answer(Box::new(AnswerPart::new(situation))))
}

impl AnswerPart {
    /// The empty forms; the only location is chosen already.
    pub fn new(situation: Situation) -> Self {
        let only = situation.locations.first().filter(|_| situation.locations.len() == 1);
        let location = only.map(|only| only.id.to_string()).unwrap_or_default();
        Self {
            own: situation.own,
            locations: situation.locations,
            unsigned: situation.unsigned,
            acceptance: AcceptanceForm { consent: String::new(), location },
            refusal: RefusalForm::default(),
            problems: Problems::default(),
        }
    }
}

fn closed(shell: Shell, why: Closed) -> Result<HttpResponse> {
    let status = match &why {
        Closed::Unknown => StatusCode::NOT_FOUND,
        Closed::Expired(_)
        | Closed::Revoked(_)
        | Closed::Accepted(_)
        | Closed::Ended(_)
        | Closed::Declined(_) => StatusCode::GONE,
        Closed::AcceptedByUs(_) | Closed::Obstacle(Obstacle::AlreadyPartners, _) => StatusCode::OK,
        Closed::Obstacle(..) => StatusCode::FORBIDDEN,
    };
    with_status(status, &ClosedPage { shell, why }).map(unlisted)
}
