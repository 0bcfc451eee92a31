//! Company, contact, location and account: one page, kept with every press, right or not.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono_tz::TZ_VARIANTS;
use serde::Deserialize;

use super::Linked;
use crate::db::Db;
use crate::enrolment::form::{DetailsForm, FIELDS, StepForm};
use crate::enrolment::model::{Enrolment, State};
use crate::enrolment::store::details::{Kept, check, keep};
use crate::error::{Error, Result};
use crate::values::country::Country;
use crate::values::moment::Moment;
use crate::values::password::{NewPassword, PasswordHash};
use crate::web::page::{unlisted, with_status};
use crate::web::{Notice, Problems, Shell, see_other};

/// How one comes to the page.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Coming {
    /// `yes` to see at once what is wrong: Review came back because of it.
    check: String,
}

#[derive(Template)]
#[template(path = "enrolment/details.html")]
struct DetailsPage {
    shell: Shell,
    place: String,
    enrolment: Enrolment,
    form: DetailsForm,
    problems: Problems,
    countries: Vec<Country>,
    /// What another tab has kept in the meantime; nothing is lost, and the form holds what was typed here.
    differences: Vec<Difference>,
}

/// A field that holds something else than what is kept.
struct Difference {
    field: &'static str,
    kept: String,
    typed: String,
}

/// `GET /enrolment/{token}/details`
pub async fn edit(
    shell: Shell,
    db: web::Data<Db>,
    token: web::Path<String>,
    web::Query(coming): web::Query<Coming>,
) -> Result<HttpResponse> {
    let linked = match Linked::find(&db, &shell, &token).await? {
        Ok(linked) if linked.enrolment.is_editable() => linked,
        Ok(linked) => return Ok(see_other(linked.place())),
        Err(closed) => return Ok(closed),
    };
    let kept = linked.enrolment.clone();
    let checked = db.read(move |conn| check(conn, &kept)).await?;
    let problems = checked.err().filter(|_| coming.check == "yes").unwrap_or_default();
    let form = DetailsForm::from_json(&linked.enrolment.form);
    DetailsPage::of(shell, &linked, linked.enrolment.clone(), form, problems).answer(StatusCode::OK)
}

/// `POST /enrolment/{token}/details`
pub async fn update(
    (shell, session): (Shell, Session),
    db: web::Data<Db>,
    token: web::Path<String>,
    web::Form(step): web::Form<StepForm>,
) -> Result<HttpResponse> {
    let linked = match Linked::find(&db, &shell, &token).await? {
        Ok(linked) if linked.enrolment.is_editable() => linked,
        Ok(linked) => return Ok(see_other(linked.place())),
        Err(closed) => return Ok(closed),
    };
    let (password, wrong_password) = match step.password() {
        Ok(password) => (password, Problems::default()),
        Err(problems) => (None, problems),
    };
    let password = match password {
        Some(password) => Some(hash(password).await?),
        None => None,
    };
    let (version, form) = (step.version(), step.details.bounded());
    let (hash, typed, now) = (linked.token.hash(), form.clone(), Moment::now());
    let outcome = db
        .write(move |conn| {
            let kept = keep(conn, (&hash, version), &typed, password.as_ref(), now)?;
            let checked = match &kept {
                Kept::Kept(enrolment) => check(conn, enrolment)?.err(),
                _ => None,
            };
            Ok((kept, checked.unwrap_or_default()))
        })
        .await?;
    let place = linked.place();
    match outcome {
        (Kept::Closed, _) => Ok(see_other(place)),
        (Kept::Conflict(kept), _) => {
            DetailsPage::of(shell, &linked, *kept, form, wrong_password).answer(StatusCode::CONFLICT)
        }
        (Kept::Kept(_), _) if step.then == "country" => {
            Ok(see_other(format!("{place}/details#field-country")))
        }
        (Kept::Kept(_), _) if step.then == "leave" => {
            Notice::EnrolmentSaved.put(&session);
            Ok(see_other(place))
        }
        (Kept::Kept(kept), mut problems) => {
            // What is wrong with a password just typed says more than that there is none.
            if !wrong_password.is_empty() {
                problems = problems.without("password");
            }
            wrong_password.all().for_each(|(field, problem)| problems.on(field, problem.clone()));
            if problems.is_empty() {
                return Ok(see_other(format!("{place}/review")));
            }
            DetailsPage::of(shell, &linked, *kept, form, problems).answer(StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn hash(password: NewPassword) -> Result<PasswordHash> {
    let hashed = web::block(move || password.hash()).await.map_err(|error| Error::Internal(error.into()))?;
    Ok(hashed?)
}

impl DetailsPage {
    /// The page with a form; when it is not the one that is kept, with what differs.
    fn of(
        shell: Shell,
        linked: &Linked,
        enrolment: Enrolment,
        form: DetailsForm,
        problems: Problems,
    ) -> Self {
        let kept = DetailsForm::from_json(&enrolment.form);
        let differing = FIELDS.into_iter().filter(|field| kept.value(field) != form.value(field));
        let difference = |field| Difference {
            field,
            kept: kept.value(field).to_owned(),
            typed: form.value(field).to_owned(),
        };
        Self {
            shell,
            place: linked.place(),
            differences: differing.map(difference).collect(),
            countries: Country::all().collect(),
            enrolment,
            form,
            problems,
        }
    }

    fn answer(&self, status: StatusCode) -> Result<HttpResponse> {
        with_status(status, self).map(unlisted)
    }

    fn zones(&self) -> impl Iterator<Item = &'static str> + use<> {
        TZ_VARIANTS.iter().map(|zone| zone.name())
    }

    /// What a number looks like there.
    fn phone_example(&self) -> &'static str {
        self.form.country().map_or("", |country| country.phone().example())
    }

    fn needs_phone(&self) -> bool {
        self.form.country().is_some_and(|country| country.phone().demand().is_required())
    }
}
