//! One case as the operator sees it: Approve, and Deny with a reason.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::DecideQualifications;
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::qualifications::commands;
use crate::qualifications::form::{DenialForm, SeenForm};
use crate::qualifications::model::State;
use crate::qualifications::said::Said;
use crate::qualifications::store::deciding::{Case, Decided, Verdict, find};
use crate::values::id::ReviewId;
use crate::web::{Ask, Problems, Shell, version};

#[derive(Template)]
#[template(path = "qualifications/show.html")]
struct CasePage {
    shell: Shell,
    case: Case,
    denial: DenialForm,
    problems: Problems,
    /// It no longer stood as it was seen when the decision was sent.
    is_changed: bool,
}

impl CasePage {
    async fn of(ask: &Ask<DecideQualifications>, id: &ReviewId) -> Result<Self> {
        let (shell, case) = (ask.shell(), look(ask, id).await?);
        let (denial, problems) = (DenialForm::default(), Problems::default());
        Ok(Self { shell, case, denial, problems, is_changed: false })
    }
}

/// `GET /operator/qualifications/{id}`
pub async fn show(ask: Ask<DecideQualifications>, id: web::Path<ReviewId>) -> Result<HttpResponse> {
    ask.page(&CasePage::of(&ask, &id).await?)
}

/// `POST /operator/qualifications/{id}/approval`
pub async fn approve(
    ask: Ask<DecideQualifications>,
    id: web::Path<ReviewId>,
    web::Form(form): web::Form<SeenForm>,
) -> Result<HttpResponse> {
    decide(&ask, &id, (&form.version, Verdict::Approved), DenialForm::default()).await
}

/// `POST /operator/qualifications/{id}/denial`
pub async fn deny(
    ask: Ask<DecideQualifications>,
    id: web::Path<ReviewId>,
    web::Form(form): web::Form<DenialForm>,
) -> Result<HttpResponse> {
    match form.parse() {
        Ok(reason) => {
            let version = form.version.clone();
            decide(&ask, &id, (&version, Verdict::Denied(reason)), form).await
        }
        Err(problems) => {
            let shown = CasePage::of(&ask, &id).await?;
            ask.unprocessable(&CasePage { denial: form, problems, ..shown })
        }
    }
}

async fn decide(
    ask: &Ask<DecideQualifications>,
    id: &ReviewId,
    (version, verdict): (&str, Verdict),
    denial: DenialForm,
) -> Result<HttpResponse> {
    let case = look(ask, id).await?;
    let customer = &case.customer.account.company_name;
    let said = match &verdict {
        Verdict::Approved => Said::Approved { customer },
        Verdict::Denied(_) => Said::Denied { customer },
    };
    match commands::decide(ask, &ask.by, (&case, version::read_or_none(version)), verdict).await? {
        Decided::Now => ask.done(&said, paths::qualifications::show(id)),
        Decided::Changed => {
            let shown = CasePage::of(ask, id).await?;
            ask.with_status(StatusCode::CONFLICT, &CasePage { denial, is_changed: true, ..shown })
        }
    }
}

async fn look(ask: &Ask<DecideQualifications>, id: &ReviewId) -> Result<Case> {
    let id = *id;
    ask.read(move |conn, by| find(conn, by, &id)).await
}
