//! The page behind a mailed link: who asks, what accepting means, and how to answer. Looking changes nothing.

use actix_web::http::StatusCode;
use actix_web::{HttpMessage as _, HttpResponse, web};
use askama::Template;

use crate::access::identity::Identity;
use crate::access::permission::{DeclineProviders, SeeProviders};
use crate::access::{Permission as _, Role, Viewer};
use crate::enrolment::model::Kind;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::links::model::Standing;
use crate::partners::facts::operator;
use crate::partners::model::{Location, Organisation, OrganisationState};
use crate::partnerships::form::{AcceptanceForm, RefusalForm};
use crate::partnerships::model::Obstacle;
use crate::partnerships::store::link::{self, Invitation, Situation};
use crate::paths;
use crate::values::email::Email;
use crate::values::id::PartnershipRequestId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::page::unlisted;
use crate::web::{Ask, Problems, Shell, Visit};

/// An invitation that may be answered, by the one who looks or by somebody else.
#[derive(Template)]
#[template(path = "partnerships/link.html")]
pub struct LinkPage {
    pub shell: Shell,
    pub way: Way,
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
    /// Seconds until the next code is mailed, after too many.
    pub wait: Option<i64>,
}

impl LinkPage {
    /// The address with which the one who looks signs in, where the request was sent to another one.
    fn other_than_addressee(&self) -> Option<&Email> {
        let email = self.shell.viewer.as_ref().map(|viewer| &viewer.email);
        email.filter(|email| **email != self.invitation.request.to)
    }
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
pub async fn show(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    if let Some(error) = visit.request().extensions().get::<Identity>().and_then(Identity::unknown) {
        return Err(error);
    }
    let shell = visit.shell();
    let Some(way) = Way::by_link(&token) else { return closed(&visit, shell, Closed::Unknown) };
    let found = look(&visit, &way, shell.viewer.as_deref().cloned()).await?;
    let Some(looked) = found else { return closed(&visit, shell, Closed::Unknown) };
    shown(&visit, shell, way, looked).await
}

/// `GET /providers/requests/{id}`: the same page for whose people it was sent to, without the mailed link.
pub async fn show_addressed(
    ask: Ask<SeeProviders>,
    id: web::Path<PartnershipRequestId>,
) -> Result<HttpResponse> {
    let way = Way::Addressed(id.into_inner());
    let looked = look(&ask, &way, Some(ask.by.viewer().clone())).await?.ok_or(Error::NotFound)?;
    shown(&ask, ask.shell(), way, looked).await
}

async fn shown(visit: &Visit, shell: Shell, way: Way, looked: Looked) -> Result<HttpResponse> {
    let Looked { invitation, viewed } = looked;
    if let Some(why) = why_closed(&shell, &invitation, viewed.as_ref()) {
        return closed(visit, shell, why);
    }
    let part = match viewed {
        None if invitation.provider.state == OrganisationState::Suspended => {
            let why = Closed::Obstacle(Obstacle::ProviderSuspended, Box::new(invitation));
            return closed(visit, shell, why);
        }
        None => {
            let operator = visit.read(operator).await?;
            let place = way.place();
            let enrol =
                operator.as_ref().map(|_| paths::enrolment::start_then(Kind::Reseller.as_text(), &place));
            Part::SignIn { href: paths::session::sign_in_then(&place), enrol }
        }
        Some(situation) => part(visit, &shell, situation).await?,
    };
    answer_page(visit, StatusCode::OK, LinkPage { shell, way, invitation, part })
}

/// By what somebody came to a request.
#[derive(Clone)]
pub enum Way {
    /// By its link.
    Link(Token),
    /// From Indirect providers: it was sent to somebody of the organisation.
    Addressed(PartnershipRequestId),
}

impl Way {
    /// None for what cannot be a link's token.
    pub fn by_link(token: &str) -> Option<Self> {
        Token::parse(token).map(Self::Link)
    }

    /// The address of the request's page.
    pub fn place(&self) -> String {
        match self {
            Self::Link(token) => paths::partnerships::link(token.reveal()),
            Self::Addressed(id) => paths::partnerships::addressed(id),
        }
    }

    /// Where a code is asked for.
    fn code(&self) -> String {
        match self {
            Self::Link(token) => paths::partnerships::code(token.reveal()),
            Self::Addressed(id) => paths::partnerships::addressed_code(id),
        }
    }

    /// Where the request is accepted.
    fn acceptance(&self) -> String {
        match self {
            Self::Link(token) => paths::partnerships::acceptance(token.reveal()),
            Self::Addressed(id) => paths::partnerships::addressed_acceptance(id),
        }
    }

    /// Where it is declined.
    fn refusal(&self) -> String {
        match self {
            Self::Link(token) => paths::partnerships::refusal(token.reveal()),
            Self::Addressed(id) => paths::partnerships::addressed_refusal(id),
        }
    }
}

/// An invitation, and where the organisation of the one who looks stands.
pub struct Looked {
    pub invitation: Invitation,
    pub viewed: Option<Situation>,
}

/// Looks at the invitation.
///
/// # Errors
/// Database errors.
pub async fn look(visit: &Visit, way: &Way, viewer: Option<Viewer>) -> Result<Option<Looked>> {
    let way = way.clone();
    visit
        .read(move |conn| {
            let found = match (&way, &viewer) {
                (Way::Link(token), _) => link::invitation(conn, &token.hash())?,
                (Way::Addressed(id), Some(viewer)) => link::addressed(conn, viewer, id)?,
                (Way::Addressed(_), None) => None,
            };
            let Some(invitation) = found else { return Ok(None) };
            let viewed = viewer.map(|viewer| link::situation(conn, &viewer, &invitation)).transpose()?;
            Ok(Some(Looked { invitation, viewed }))
        })
        .await
}

/// The page of an open invitation, which no search engine keeps.
///
/// # Errors
/// When the template cannot be rendered.
pub fn answer_page(visit: &Visit, status: StatusCode, page: LinkPage) -> Result<HttpResponse> {
    visit.with_status(status, &page).map(unlisted)
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
            let obstacle = viewed.and_then(|viewed| viewed.obstacle);
            let kept = obstacle.filter(|obstacle| !obstacle.lets_decline());
            kept.map(|obstacle| Closed::Obstacle(obstacle, invitation))
        }
    }
}

async fn part(visit: &Visit, shell: &Shell, situation: Situation) -> Result<Part> {
    if let Some(viewer) = shell.viewer.as_deref().cloned().filter(|viewer| !viewer.may::<DeclineProviders>())
    {
        let roles = DeclineProviders::roles_in(viewer.organisation.kind);
        let colleagues = visit.read(move |conn| link::colleagues_who_may(conn, &viewer)).await?;
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
            acceptance: AcceptanceForm { location, ..AcceptanceForm::default() },
            refusal: RefusalForm::default(),
            problems: Problems::default(),
            wait: None,
        }
    }
}

fn closed(visit: &Visit, shell: Shell, why: Closed) -> Result<HttpResponse> {
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
    visit.with_status(status, &ClosedPage { shell, why }).map(unlisted)
}
