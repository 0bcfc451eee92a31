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
use crate::partners::said::Said;
use crate::partners::store::profile::{Changed, find};
use crate::paths;
use crate::values::id::OrganisationId;
use crate::values::moment::Moment;
use crate::web::page::with_status;
use crate::web::{Problems, Shell, Site, page, say, see_other, three_way, unprocessable};

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
    let (mut form, country) = (form.printable(), may.organisation.country);
    let mut clash: Option<Profile> = None;
    loop {
        let wanted = match (form.parse(country), clash) {
            (Ok(wanted), None) => wanted,
            (Ok(wanted), Some(profile)) => {
                let differences = differences(&profile.details.fields(country), &wanted.fields(country));
                let problems = Problems::default();
                let again = EditProfilePage { shell, profile, form, problems, differences };
                return with_status(StatusCode::CONFLICT, &again);
            }
            (Err(problems), _) => {
                let profile = load(&db, &may.organisation.id).await?;
                return unprocessable(&EditProfilePage {
                    shell,
                    profile,
                    form,
                    problems,
                    differences: vec![],
                });
            }
        };
        let sent = (form.version()?, &wanted);
        let said = match change_profile(&db, (&site, &bell), &may, sent, Moment::now()).await? {
            Changed::Done => Said::ProfileChanged,
            Changed::Same => Said::NothingChanged,
            Changed::Stale => {
                let profile = load(&db, &may.organisation.id).await?;
                // Whoever sends it again after a clash has read what changed.
                let saved = ProfileForm::of(&profile.details, profile.version);
                let merged = three_way::merge(&form.opened, &form, &saved)?;
                form = merged.form;
                clash = Some(profile).filter(|_| !merged.clashes.is_empty());
                continue;
            }
        };
        say(&session, &shell, &said)?;
        return Ok(see_other(paths::partners::profile()));
    }
}

async fn load(db: &Db, id: &OrganisationId) -> Result<Profile> {
    let id = id.clone();
    db.read(move |conn| find(conn, &id)).await
}
