//! Indirect providers: with whom a reseller is in partnership, and the request that led it here.

use actix_web::HttpResponse;
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::{AuthorizeProviders, DeclineProviders, SeeProviders};
use crate::audiences::facts::closed_to;
use crate::catalog::facts::{Titled, titled};
use crate::enrolment::store::returning::sealed_way_back;
use crate::enrolment::way_back::WayBack;
use crate::error::Result;
use crate::language::filters;
use crate::links::model::Standing;
use crate::partnerships::model::{Provider, Waiting};
use crate::partnerships::store::link;
use crate::partnerships::store::providers::{all, waiting};
use crate::paths;
use crate::values::id::{OfferId, PartnershipRequestId};
use crate::values::moment::Moment;
use crate::web::export::ExportMenu;
use crate::web::{Ask, Shell, Visit};

/// So many offers that do not name the organisation are shown beside a provider.
const NAMED: usize = 10;

#[derive(Template)]
#[template(path = "partnerships/providers.html")]
struct ProviderListPage {
    shell: Shell,
    /// Each with the offers on which it does not name the organisation.
    rows: Vec<(Provider, Vec<Titled>)>,
    /// Requests to people of the organisation.
    waiting: Vec<Waiting>,
    may_answer: bool,
    unanswered: Option<Unanswered>,
    may_authorize: bool,
}

/// The request by which the organisation came to enrol, as long as it can be answered.
struct Unanswered {
    id: PartnershipRequestId,
    provider: String,
    place: String,
}

impl ProviderListPage {
    fn export(&self) -> ExportMenu {
        ExportMenu::new(paths::partnerships::providers(), &())
    }
}

/// `GET /providers`
pub async fn list(ask: Ask<SeeProviders>) -> Result<HttpResponse> {
    let may_answer = ask.by.may::<DeclineProviders>();
    let unanswered = match Allowed::<AuthorizeProviders>::check(&ask.by) {
        Ok(by) => unanswered(&ask, by).await?,
        Err(_) => None,
    };
    let now = Moment::now();
    let (rows, waiting) = ask
        .read(move |conn, by| {
            let mut rows = Vec::new();
            for row in all(conn, by)? {
                let closed: Vec<OfferId> =
                    closed_to(conn, &row.id, &by.organisation.id)?.into_iter().collect();
                rows.push((row, titled(conn, &closed)?));
            }
            Ok((rows, waiting(conn, by, now)?))
        })
        .await?;
    // The one that led here to enrol may be among them.
    let unanswered = unanswered.filter(|one| waiting.iter().all(|waiting| waiting.id != one.id));
    let (shell, may_authorize) = (ask.shell(), ask.by.may::<AuthorizeProviders>());
    ask.page(&ProviderListPage { shell, rows, waiting, may_answer, unanswered, may_authorize })
}

async fn unanswered(visit: &Visit, by: Allowed<AuthorizeProviders>) -> Result<Option<Unanswered>> {
    let asking = by.clone();
    let sealed = visit.read(move |conn| sealed_way_back(conn, &asking)).await?;
    let opened = sealed.and_then(|way| WayBack::open(&visit.vault, way.kind, &way.email, &way.sealed));
    let Some(way) = opened else { return Ok(None) };
    let hash = way.token().hash();
    visit
        .read(move |conn| {
            let Some(invitation) = link::invitation(conn, &hash)? else { return Ok(None) };
            let situation = link::situation(conn, &by, &invitation)?;
            let is_open = invitation.request.standing(Moment::now()) == Standing::Open;
            let place = way.path();
            let unanswered =
                Unanswered { id: invitation.request.id, provider: invitation.provider.name, place };
            Ok((is_open && situation.obstacle.is_none()).then_some(unanswered))
        })
        .await
}
