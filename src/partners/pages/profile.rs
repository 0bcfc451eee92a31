//! The Organization profile: what the viewer's organisation says of itself.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::difference::{Difference, differences};
use crate::access::Allowed;
use crate::access::permission::{ManageOrganisation, SeeOrganisation};
use crate::db::Db;
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::partners::commands::change_profile;
use crate::partners::form::ProfileForm;
use crate::partners::model::profile::Profile;
use crate::partners::store::profile::{Changed, find};
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Notice, Problems, Shell, Site, page, see_other, unprocessable};

const PATH: &str = "/organisation";

#[derive(Template)]
#[template(path = "partners/profile.html")]
struct ProfilePage {
    shell: Shell,
    profile: Profile,
    may_change: bool,
}

#[derive(Template)]
#[template(path = "partners/edit_profile.html")]
struct EditProfilePage {
    shell: Shell,
    profile: Profile,
    form: ProfileForm,
    problems: Problems,
    /// What somebody else saved in the meantime; the form holds the viewer's own.
    differences: Vec<Difference>,
}

/// `GET /organisation`
pub async fn show(shell: Shell, may: Allowed<SeeOrganisation>, db: web::Data<Db>) -> Result<HttpResponse> {
    let profile = load(&db, &may.organisation.id).await?;
    let may_change = may.may::<ManageOrganisation>();
    page(&ProfilePage { shell, profile, may_change })
}

/// `GET /organisation/profile`
pub async fn edit(shell: Shell, may: Allowed<ManageOrganisation>, db: web::Data<Db>) -> Result<HttpResponse> {
    let profile = load(&db, &may.organisation.id).await?;
    let form = ProfileForm::of(&profile.details, profile.version);
    page(&EditProfilePage { shell, profile, form, problems: Problems::default(), differences: Vec::new() })
}

/// `POST /organisation/profile`
pub async fn update(
    (shell, session): (Shell, Session),
    may: Allowed<ManageOrganisation>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    web::Form(form): web::Form<ProfileForm>,
) -> Result<HttpResponse> {
    let (form, version) = (form.clone().printable(), form.version()?);
    let id = may.organisation.id.clone();
    let wanted = match form.parse(may.organisation.country) {
        Ok(wanted) => wanted,
        Err(problems) => {
            let profile = load(&db, &id).await?;
            return unprocessable(&EditProfilePage { shell, profile, form, problems, differences: vec![] });
        }
    };
    let changed = change_profile(&db, (&site, &bell), &may, (version, &wanted), Moment::now()).await?;
    let notice = match changed {
        Changed::Done => Notice::OrganisationChanged,
        Changed::Same => Notice::NothingChanged,
        Changed::Stale => {
            let profile = load(&db, &id).await?;
            let country = profile.country;
            let differences = differences(&profile.details.fields(country), &wanted.fields(country));
            let problems = Problems::default();
            // Whoever sends it again has read what changed; with any other problem the version stays that of the page.
            let form = ProfileForm { version: profile.version.to_string(), ..form };
            let again = EditProfilePage { shell, profile, form, problems, differences };
            return with_status(StatusCode::CONFLICT, &again);
        }
    };
    notice.put(&session);
    Ok(see_other(PATH))
}

async fn load(db: &Db, id: &OrganisationId) -> Result<Profile> {
    let id = id.clone();
    db.read(move |conn| find(conn, &id)).await
}
