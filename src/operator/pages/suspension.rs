//! Suspending an organisation after a question, and letting it go on.

use actix_web::{HttpResponse, web};
use askama::Template;

use super::organisations::organisation_id;
use crate::access::permission::SuspendOrganisations;
use crate::access::{Allowed, OrganisationKind};
use crate::error::Result;
use crate::language::filters;
use crate::operator::commands;
use crate::operator::form::SuspensionForm;
use crate::operator::model::Overview;
use crate::operator::said::Said;
use crate::operator::store::directory::overview;
use crate::partners::model::OrganisationState;
use crate::paths;
use crate::values::id::OrganisationId;
use crate::web::{Ask, Problems, Shell, see_other};

#[derive(Template)]
#[template(path = "operator/suspension.html")]
struct SuspensionPage {
    shell: Shell,
    overview: Overview,
    form: SuspensionForm,
    problems: Problems,
}

/// `GET /operator/organisations/{id}/suspension`
pub async fn new(ask: Ask<SuspendOrganisations>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = organisation_id(&id)?;
    let overview = load(&ask, &id).await?;
    if !can_be_suspended(&overview) {
        return Ok(see_other(paths::operator::organisation(&id)));
    }
    let (form, problems) = (SuspensionForm::default(), Problems::default());
    ask.page(&SuspensionPage { shell: ask.shell(), overview, form, problems })
}

/// `POST /operator/organisations/{id}/suspension`
pub async fn create(
    ask: Ask<SuspendOrganisations>,
    id: web::Path<String>,
    web::Form(form): web::Form<SuspensionForm>,
) -> Result<HttpResponse> {
    let id = organisation_id(&id)?;
    let overview = load(&ask, &id).await?;
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(problems) => {
            return ask.unprocessable(&SuspensionPage { shell: ask.shell(), overview, form, problems });
        }
    };
    let done = commands::suspend(&ask, &ask.by, &overview, &reason).await?;
    let said = if done { Said::Suspended } else { Said::NothingChanged };
    ask.done(&said, paths::operator::organisation(&id))
}

/// `POST /operator/organisations/{id}/resumption`
pub async fn resume(ask: Ask<SuspendOrganisations>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = organisation_id(&id)?;
    let overview = load(&ask, &id).await?;
    let done = commands::resume(&ask, &ask.by, &overview).await?;
    let said = if done { Said::Resumed } else { Said::NothingChanged };
    ask.done(&said, paths::operator::organisation(&id))
}

fn can_be_suspended(overview: &Overview) -> bool {
    let profile = &overview.profile;
    profile.kind != OrganisationKind::Operator && profile.state == OrganisationState::Enrolled
}

async fn load(ask: &Ask<SuspendOrganisations>, id: &OrganisationId) -> Result<Overview> {
    let id = *id;
    ask.read(move |conn, by| overview(conn, &Allowed::check(by)?, &id)).await
}
