//! Company, contact, location and account: one page, kept with every press, right or not.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use chrono_tz::TZ_VARIANTS;
use serde::Deserialize;

use super::{Linked, minutes};
use crate::enrolment::commands::password::Typed;
use crate::enrolment::form::{DetailsForm, FIELDS, StepForm};
use crate::enrolment::model::{Enrolment, State, hashing_counted_by};
use crate::enrolment::said::Said;
use crate::enrolment::store::details::{Kept, check, keep};
use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::session::tally::Network;
use crate::values::country::Country;
use crate::values::moment::Moment;
use crate::values::password::OwnWords;
use crate::values::token::Token;
use crate::web::page::{busy, slowed, unlisted, with_status};
use crate::web::{Problems, Shell, Visit, see_other, three_way, version, visitor};

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
    token: Token,
    enrolment: Enrolment,
    form: DetailsForm,
    /// What the fields hold before anybody touches them.
    opened: String,
    problems: Problems,
    countries: Vec<Country>,
    /// What another tab has kept in the meantime; nothing is lost, and the form holds what was typed here.
    differences: Vec<Difference>,
    /// After how many minutes the next password is taken, when there were too many.
    slowed: Option<i64>,
    /// Too many passwords are being hashed now.
    is_busy: bool,
}

/// A field that holds something else than what is kept.
struct Difference {
    field: &'static str,
    kept: String,
    typed: String,
}

/// `GET /enrolment/{token}/details`
pub async fn edit(
    visit: Visit,
    token: web::Path<String>,
    web::Query(coming): web::Query<Coming>,
) -> Result<HttpResponse> {
    let linked = match Linked::find(&visit, &token).await? {
        Ok(linked) if linked.enrolment.is_editable() => linked,
        Ok(linked) => return Ok(see_other(linked.place())),
        Err(closed) => return Ok(closed),
    };
    let problems = match coming.check == "yes" {
        true => {
            let kept = linked.enrolment.clone();
            visit.read(move |conn| check(conn, &kept)).await?.err().unwrap_or_default()
        }
        false => Problems::default(),
    };
    let form = DetailsForm::from_json(&linked.enrolment.form);
    DetailsPage::of(&visit, &linked, linked.enrolment.clone(), form, problems).answer(StatusCode::OK)
}

/// `POST /enrolment/{token}/details`
pub async fn update(
    visit: Visit,
    token: web::Path<String>,
    web::Form(step): web::Form<StepForm>,
) -> Result<HttpResponse> {
    let mut form = step.details.clone().bounded();
    let linked = match Linked::find_for(&visit, &token, &form).await? {
        Ok(linked) if linked.enrolment.is_editable() => linked,
        Ok(linked) => return Ok(see_other(linked.place())),
        Err(closed) => return Ok(closed),
    };
    let mut version = version::read_or_none(&step.version);
    if linked.enrolment.version != version {
        // Another tab has saved: only what was touched here is put over it.
        let saved = DetailsForm::from_json(&linked.enrolment.form);
        let merged = three_way::merge(&step.opened, &form, &saved)?;
        form = merged.form;
        if merged.clashes.is_empty() {
            version = linked.enrolment.version;
        }
    }
    let is_stale = linked.enrolment.version != version && linked.enrolment.form != form.to_json();
    let network = Network::of(&visitor::address_of(visit.request(), &visit.site));
    let counted_by = hashing_counted_by(&linked.enrolment.id, &network);
    let own = OwnWords {
        address: linked.enrolment.email.as_str(),
        organisation: &form.company,
        installation: &visit.site.name,
    };
    let mut password = Typed::read(&visit, (&step, &own), is_stale, counted_by).await?;
    let (hash, typed, now) = (linked.token.hash(), form.clone(), Moment::now());
    let password_hash = password.hash.clone();
    let outcome =
        visit.write(move |conn| keep(conn, (&hash, version), &typed, password_hash.as_ref(), now)).await?;
    let place = linked.place();
    let (kept, mut problems) = match outcome {
        Kept::Closed => return Ok(see_other(place)),
        Kept::Conflict(kept) => {
            return DetailsPage::of(&visit, &linked, *kept, form, password.lost())
                .answer(StatusCode::CONFLICT);
        }
        Kept::Kept(kept, problems) => (*kept, problems),
    };
    let (goes_on, slowed) = (step.then != "country" && step.then != "leave", password.slowed.take());
    if !goes_on {
        // Nobody asked for Review; only what would be lost without a word is told.
        problems = Problems::default();
    } else if !password.problems.is_empty() {
        // What is wrong with a password just typed says more than that there is none.
        problems = problems.without("password");
    }
    password.problems.all().for_each(|(field, problem)| problems.on(field, problem.clone()));
    if !problems.is_empty() {
        let page = DetailsPage::of(&visit, &linked, kept, form, problems);
        return match slowed {
            Some(seconds) => page.slowed(seconds),
            None if password.is_busy => page.busy(),
            None => page.answer(StatusCode::UNPROCESSABLE_ENTITY),
        };
    }
    let token = linked.token.reveal();
    match step.then.as_str() {
        "country" => Ok(see_other(format!("{}#field-country", paths::enrolment::details(token)))),
        "leave" => visit.done(&Said::Saved, place),
        _ => Ok(see_other(paths::enrolment::review(token))),
    }
}

impl DetailsPage {
    /// The page with a form; when it is not the one that is kept, with what differs.
    fn of(
        visit: &Visit,
        linked: &Linked,
        enrolment: Enrolment,
        form: DetailsForm,
        problems: Problems,
    ) -> Self {
        let kept = DetailsForm::from_json(&enrolment.form);
        let differing = FIELDS.iter().copied().filter(|field| kept.value(field) != form.value(field));
        let difference = |field| Difference { field, kept: kept.shown(field), typed: form.shown(field) };
        Self {
            shell: visit.shell(),
            token: linked.token.clone(),
            differences: differing.map(difference).collect(),
            opened: three_way::opened(&kept),
            countries: visit.language().countries(Country::all()),
            enrolment,
            form,
            problems,
            slowed: None,
            is_busy: false,
        }
    }

    fn slowed(self, seconds: i64) -> Result<HttpResponse> {
        let page = Self { slowed: Some(minutes(seconds)), ..self };
        slowed(page.shell.language, &page, seconds).map(unlisted)
    }

    fn busy(self) -> Result<HttpResponse> {
        busy(self.shell.language, &Self { is_busy: true, ..self }).map(unlisted)
    }

    fn answer(&self, status: StatusCode) -> Result<HttpResponse> {
        with_status(self.shell.language, status, self).map(unlisted)
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
