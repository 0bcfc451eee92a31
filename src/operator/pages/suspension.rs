//! Suspending an organisation after a question, and letting it go on.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::organisations::organisation_id;
use crate::access::permission::{SeeInstallation, SuspendOrganisations};
use crate::access::store::RoleHolder;
use crate::access::{Allowed, OrganisationKind};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::operator::form::SuspensionForm;
use crate::operator::letters::suspension::{Suspension, Turn};
use crate::operator::model::Overview;
use crate::operator::said::Said;
use crate::operator::store::directory::overview;
use crate::operator::store::suspension;
use crate::partners::model::OrganisationState;
use crate::paths;
use crate::values::id::{LetterId, OrganisationId};
use crate::values::moment::Moment;
use crate::web::{Problems, Shell, Site, page, say, see_other, unprocessable};

#[derive(Template)]
#[template(path = "operator/suspension.html")]
struct SuspensionPage {
    shell: Shell,
    overview: Overview,
    form: SuspensionForm,
    problems: Problems,
}

/// `GET /operator/organisations/{id}/suspension`
pub async fn new(
    shell: Shell,
    may: Allowed<SuspendOrganisations>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = organisation_id(&id)?;
    let overview = load(&db, &may, &id).await?;
    if !can_be_suspended(&overview) {
        return Ok(see_other(paths::operator::organisation(&id)));
    }
    let form = SuspensionForm::default();
    page(&SuspensionPage { shell, overview, form, problems: Problems::default() })
}

/// `POST /operator/organisations/{id}/suspension`
pub async fn create(
    (shell, session): (Shell, Session),
    may: Allowed<SuspendOrganisations>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    id: web::Path<String>,
    web::Form(form): web::Form<SuspensionForm>,
) -> Result<HttpResponse> {
    let (id, form) = (organisation_id(&id)?, form.printable());
    let overview = load(&db, &may, &id).await?;
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(problems) => return unprocessable(&SuspensionPage { shell, overview, form, problems }),
    };
    let letters = letters(&may, &overview, Turn::Suspended { reason: &reason }, &site)?;
    let (of, now) = (id.clone(), Moment::now());
    let done = db.write(move |conn| suspension::suspend(conn, &may, (&of, &reason), &letters, now)).await?;
    finish((shell, session), done.then_some(Said::Suspended), &bell, &id)
}

/// `POST /operator/organisations/{id}/resumption`
pub async fn resume(
    seen: (Shell, Session),
    may: Allowed<SuspendOrganisations>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = organisation_id(&id)?;
    let overview = load(&db, &may, &id).await?;
    let letters = letters(&may, &overview, Turn::Resumed, &site)?;
    let (of, now) = (id.clone(), Moment::now());
    let done = db.write(move |conn| suspension::resume(conn, &may, &of, &letters, now)).await?;
    finish(seen, done.then_some(Said::Resumed), &bell, &id)
}

fn finish(
    (shell, session): (Shell, Session),
    done: Option<Said>,
    bell: &Bell,
    id: &OrganisationId,
) -> Result<HttpResponse> {
    if done.is_some() {
        bell.ring();
    }
    say(&session, &shell, &done.unwrap_or(Said::NothingChanged))?;
    Ok(see_other(paths::operator::organisation(id)))
}

fn can_be_suspended(overview: &Overview) -> bool {
    let profile = &overview.profile;
    profile.kind != OrganisationKind::Operator && profile.state == OrganisationState::Enrolled
}

async fn load(db: &Db, may: &Allowed<SuspendOrganisations>, id: &OrganisationId) -> Result<Overview> {
    let (seeing, id) = (Allowed::<SeeInstallation>::check(may)?, id.clone());
    db.read(move |conn| overview(conn, &seeing, &id)).await
}

/// To everybody who speaks for the organisation.
fn letters(
    by: &Allowed<SuspendOrganisations>,
    overview: &Overview,
    turn: Turn,
    site: &Site,
) -> Result<Vec<(LetterId, Letter)>> {
    let (id, organisation) = (&overview.profile.id, overview.profile.details.name.as_str());
    let letter = |admin: &RoleHolder| {
        let to = (admin.name.as_str(), &admin.email);
        let suspension = Suspension { by, id, organisation, to, turn, site };
        Ok::<_, Error>((LetterId::new(), suspension.letter()?))
    };
    overview.global_admins.iter().map(letter).collect()
}
