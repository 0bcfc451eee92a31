//! How far a handover is, and what came of it for each customer.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::handover_id;
use crate::access::permission::HandCustomersOver;
use crate::error::{Error, Result};
use crate::handovers::commands;
use crate::handovers::form::{AgainForm, ResultFilter};
use crate::handovers::model::{Handover, Outcome, Settled, State};
use crate::handovers::said::Said;
use crate::handovers::store::parting::Parted;
use crate::handovers::store::{self, list};
use crate::jobs;
use crate::jobs::model::{Standing, State as JobState};
use crate::language::filters;
use crate::paths;
use crate::values::id::HandoverId;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "handovers/show.html")]
struct HandoverPage {
    shell: Shell,
    handover: Handover,
    rows: Vec<Settled>,
    pager: Pager,
    filter: ResultFilter,
    /// None once the portal has forgotten the job.
    standing: Option<Standing>,
}

/// `GET /customers/handovers/{id}`
pub async fn show(
    ask: Ask<HandCustomersOver>,
    id: web::Path<String>,
    filter: web::Query<ResultFilter>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    let (id, portion) = (handover_id(&id)?, cursor.portion());
    let outcome = filter.outcome();
    let (handover, page, standing) = ask
        .read(move |conn, by| {
            let handover = store::find(conn, by, &id)?;
            let page = list::results_of(conn, &handover, outcome, &portion)?;
            let standing = jobs::store::standing_if_known(conn, &handover.provider, &handover.job)?;
            Ok((handover, page, standing))
        })
        .await?;
    let filter = ResultFilter { result: outcome.map(|one| one.as_text().to_owned()).unwrap_or_default() };
    let pager = Pager::new(&page, &paths::handovers::show(&id), &filter);
    ask.page(&HandoverPage { shell: ask.shell(), handover, rows: page.rows, pager, filter, standing })
}

/// `POST /customers/handovers/{id}/stop`
pub async fn stop(ask: Ask<HandCustomersOver>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = handover_id(&id)?;
    let stopped = commands::stop(&ask, &ask.by, id).await?;
    let said = if stopped { Said::Stopped } else { Said::Over };
    ask.done(&said, paths::handovers::show(&id))
}

/// `POST /customers/handovers/{id}/again`
pub async fn again(
    ask: Ask<HandCustomersOver>,
    id: web::Path<String>,
    web::Form(form): web::Form<AgainForm>,
) -> Result<HttpResponse> {
    let id = handover_id(&id)?;
    let new = HandoverId::parse(&form.id).ok_or(Error::BadRequest("id"))?;
    let said = match commands::again(&ask, &ask.by, (id, new), form.then == "back").await? {
        Parted::Before => Said::Before,
        // Its partnership may have ended, too, or it lacks something.
        Parted::Refused(_) => return ask.done(&Said::CannotMove, paths::handovers::show(&id)),
        Parted::Begun(_) | Parted::Removed(_) | Parted::GoneAlready(_) => Said::Begun,
    };
    ask.done(&said, paths::handovers::show(&new))
}

impl HandoverPage {
    /// The id of the one that is begun for what is left.
    fn fresh_id(&self) -> HandoverId {
        HandoverId::new()
    }

    /// Whether the portal failed at it so far, and tries again later.
    fn is_stuck(&self) -> bool {
        self.handover.is_under_way() && self.standing.as_ref().is_some_and(Standing::is_tried_again)
    }

    /// Whether the portal has given it up.
    fn is_given_up(&self) -> bool {
        let is_failed = self.standing.as_ref().is_none_or(|job| job.state == JobState::Failed);
        self.handover.is_under_way() && is_failed
    }

    fn is_of(&self, outcome: Option<Outcome>) -> bool {
        self.filter.outcome() == outcome
    }

    fn narrowed(&self, outcome: Outcome) -> String {
        paths::handovers::results(&self.handover.id, outcome.as_text())
    }
}
