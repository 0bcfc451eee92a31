//! The Organization profile: what the viewer's organisation says of itself.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Permission;
use crate::access::permission::{ManageOrganisation, SeeOrganisation};
use crate::error::Result;
use crate::language::filters;
use crate::partners::commands::change_profile;
use crate::partners::form::ProfileForm;
use crate::partners::model::profile::Profile;
use crate::partners::said::Said;
use crate::partners::store::profile::{Changed, find};
use crate::paths;
use crate::values::moment::Moment;
use crate::web::difference::{Difference, differences};
use crate::web::{Ask, Problems, Shell, three_way, version};

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
pub async fn show(ask: Ask<SeeOrganisation>) -> Result<HttpResponse> {
    let (profile, may_change) = (load(&ask).await?, ask.by.may::<ManageOrganisation>());
    ask.page(&ProfilePage { shell: ask.shell(), profile, may_change })
}

/// `GET /organisation/profile`
pub async fn edit(ask: Ask<ManageOrganisation>) -> Result<HttpResponse> {
    let profile = load(&ask).await?;
    let form = ProfileForm::of(&profile.details, profile.version);
    let (problems, differences) = (Problems::default(), Vec::new());
    ask.page(&EditProfilePage { shell: ask.shell(), profile, form, problems, differences })
}

/// `POST /organisation/profile`
pub async fn update(
    ask: Ask<ManageOrganisation>,
    web::Form(form): web::Form<ProfileForm>,
) -> Result<HttpResponse> {
    let (mut form, country) = (form.printable(), ask.by.organisation.country);
    let mut clash: Option<Profile> = None;
    loop {
        let wanted = match (form.parse(country), clash) {
            (Ok(wanted), None) => wanted,
            (Ok(wanted), Some(profile)) => {
                let differences = differences(&profile.details.fields(country), &wanted.fields(country));
                let problems = Problems::default();
                let shell = ask.shell();
                let again = EditProfilePage { shell, profile, form, problems, differences };
                return ask.with_status(StatusCode::CONFLICT, &again);
            }
            (Err(problems), _) => {
                let (profile, differences) = (load(&ask).await?, Vec::new());
                let shell = ask.shell();
                return ask.unprocessable(&EditProfilePage { shell, profile, form, problems, differences });
            }
        };
        let sent = (version::read(&form.version)?, &wanted);
        let said = match change_profile(&ask, &ask.by, sent, Moment::now()).await? {
            Changed::Done => Said::ProfileChanged,
            Changed::Same => Said::NothingChanged,
            Changed::Stale => {
                let profile = load(&ask).await?;
                // Whoever sends it again after a clash has read what changed.
                let saved = ProfileForm::of(&profile.details, profile.version);
                let merged = three_way::merge(&form.opened, &form, &saved)?;
                form = merged.form;
                clash = Some(profile).filter(|_| !merged.clashes.is_empty());
                continue;
            }
        };
        return ask.done(&said, paths::partners::profile());
    }
}

async fn load<P: Permission>(ask: &Ask<P>) -> Result<Profile> {
    ask.read(|conn, by| find(conn, &by.organisation.id)).await
}
