//! Review, and handing in.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::approval::founder;
use super::{Linked, known_operator};
use crate::access::store::RoleHolder;
use crate::db::Db;
use crate::enrolment::form::{DetailsForm, SeenForm};
use crate::enrolment::letters::Applicant;
use crate::enrolment::letters::received::Received;
use crate::enrolment::letters::waiting::Waiting;
use crate::enrolment::model::{Details, Enrolment};
use crate::enrolment::said::Said;
use crate::enrolment::store::deciders;
use crate::enrolment::store::details::check;
use crate::enrolment::store::handing_in::{Given, HandedIn, hand_in as store_hand_in};
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::mail::compose::Written as _;
use crate::mail::letter::Letter;
use crate::partners::store::operator::Operator;
use crate::paths;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::page::{unlisted, with_status};
use crate::web::{Shell, Site, Vault, say, see_other};

#[derive(Template)]
#[template(path = "enrolment/review.html")]
struct ReviewPage {
    shell: Shell,
    token: Token,
    enrolment: Enrolment,
    form: DetailsForm,
    /// The email address has an account by now, so there is nothing to hand in.
    is_email_taken: bool,
}

/// `GET /enrolment/{token}/review`
pub async fn show(shell: Shell, db: web::Data<Db>, token: web::Path<String>) -> Result<HttpResponse> {
    match complete(&db, &shell, &token).await? {
        Ok((linked, _)) => review(shell, linked, StatusCode::OK, false),
        Err(elsewhere) => Ok(elsewhere),
    }
}

/// `POST /enrolment/{token}/submission`
pub async fn hand_in(
    (shell, session): (Shell, Session),
    (db, site, bell, vault): (web::Data<Db>, web::Data<Site>, web::Data<Bell>, web::Data<Vault>),
    token: web::Path<String>,
    web::Form(form): web::Form<SeenForm>,
) -> Result<HttpResponse> {
    let (linked, details) = match complete(&db, &shell, &token).await? {
        Ok(complete) => complete,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let place = linked.place();
    let operator = known_operator(&db).await?;
    let asked = operator.id.clone();
    let told = db.read(move |conn| deciders(conn, &asked)).await?;
    let given = Given {
        token: linked.token.hash(),
        version: form.version(),
        operator: operator.id.clone(),
        received: received(&linked, &details, &operator, &site)?,
        to_deciders: to_deciders(&linked.enrolment, &details, &told, &operator, &site)?,
        approval: match site.approves_served_resellers {
            true => Some(founder(&linked.enrolment, &details, None, (&operator, &site, &vault))?),
            false => None,
        },
        now: Moment::now(),
    };
    match db.write(move |conn| store_hand_in(conn, &given)).await? {
        HandedIn::Waiting | HandedIn::Approved => {
            bell.ring();
            Ok(see_other(place))
        }
        HandedIn::Already | HandedIn::Closed => Ok(see_other(place)),
        HandedIn::Changed => {
            say(&session, &shell, &Said::Changed)?;
            Ok(see_other(paths::enrolment::review(linked.token.reveal())))
        }
        HandedIn::Incomplete => Ok(see_other(paths::enrolment::check_details(linked.token.reveal()))),
        HandedIn::EmailTaken => review(shell, linked, StatusCode::CONFLICT, true),
    }
}

/// The enrolment with its details when all of them are right; else the page where that can be changed.
async fn complete(db: &Db, shell: &Shell, token: &str) -> Result<Result<(Linked, Details), HttpResponse>> {
    let linked = match Linked::find(db, shell, token).await? {
        Ok(linked) if linked.enrolment.is_editable() => linked,
        Ok(linked) => return Ok(Err(see_other(linked.place()))),
        Err(closed) => return Ok(Err(closed)),
    };
    let kept = linked.enrolment.clone();
    match db.read(move |conn| check(conn, &kept)).await? {
        Ok(details) => Ok(Ok((linked, details))),
        Err(_) => Ok(Err(see_other(paths::enrolment::check_details(linked.token.reveal())))),
    }
}

fn review(shell: Shell, linked: Linked, status: StatusCode, is_email_taken: bool) -> Result<HttpResponse> {
    let form = DetailsForm::from_json(&linked.enrolment.form);
    let Linked { token, enrolment } = linked;
    let shown = ReviewPage { shell, token, enrolment, form, is_email_taken };
    with_status(status, &shown).map(unlisted)
}

fn received(
    linked: &Linked,
    details: &Details,
    operator: &Operator,
    site: &Site,
) -> Result<(LetterId, Letter)> {
    let link = format!("{}{}", site.base_url, linked.place());
    let to = Applicant { id: &linked.enrolment.id, email: &linked.enrolment.email, operator, site };
    let received = Received { to, name: &details.person_name, company: &details.company, link: &link };
    Ok((LetterId::new(), received.letter()?))
}

fn to_deciders(
    enrolment: &Enrolment,
    details: &Details,
    told: &[RoleHolder],
    operator: &Operator,
    site: &Site,
) -> Result<Vec<(LetterId, Letter)>> {
    let letter = |decider: &RoleHolder| {
        let to = (decider.name.as_str(), &decider.email);
        Ok((LetterId::new(), Waiting { to, enrolment, details, operator, site }.letter()?))
    };
    told.iter().map(letter).collect()
}
