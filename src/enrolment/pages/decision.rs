//! Approve, and Refuse with a reason.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};

use super::approval::founder;
use super::show::ShowPage;
use super::{day, known_operator};
use crate::access::Allowed;
use crate::access::permission::DecideEnrolments;
use crate::db::Db;
use crate::enrolment::form::{DetailsForm, RefusalForm, SeenForm};
use crate::enrolment::letters::Applicant;
use crate::enrolment::letters::refused::Refused;
use crate::enrolment::model::{Enrolment, LINK_DAYS};
use crate::enrolment::said::Said;
use crate::enrolment::store::decision::{self, Decided, Refusal};
use crate::enrolment::store::list::find;
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::mail::compose::Written as _;
use crate::paths;
use crate::values::id::{EnrolmentId, LetterId};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::page::with_status;
use crate::web::{Shell, Site, Vault, say, see_other, unprocessable};

/// `POST /operator/enrolments/{id}/approval`
pub async fn approve(
    (shell, session): (Shell, Session),
    may: Allowed<DecideEnrolments>,
    (db, site, bell, vault): (web::Data<Db>, web::Data<Site>, web::Data<Bell>, web::Data<Vault>),
    id: web::Path<EnrolmentId>,
    web::Form(form): web::Form<SeenForm>,
) -> Result<HttpResponse> {
    let (id, version, now) = (id.into_inner(), form.version(), Moment::now());
    let enrolment = look(&db, &may, &id).await?;
    let Ok(details) = DetailsForm::from_json(&enrolment.form).parse() else {
        return again(shell, may, &db, id).await;
    };
    let operator = known_operator(&db).await?;
    let founder = founder(&enrolment, &details, Some(&may.email), (&operator, &site, &vault))?;
    let (by, wanted) = (may.clone(), id.clone());
    match db.write(move |conn| decision::approve(conn, &by, (&wanted, version), &founder, now)).await? {
        Decided::Done => {
            bell.ring();
            say(&session, &shell, &Said::Approved { company: &details.company })?;
        }
        Decided::Changed => say(&session, &shell, &Said::DecidedAlready)?,
        Decided::Obstacle(_) => return again(shell, may, &db, id).await,
    }
    Ok(see_other(paths::enrolment::show(&id)))
}

/// `POST /operator/enrolments/{id}/refusal`
pub async fn refuse(
    (shell, session): (Shell, Session),
    may: Allowed<DecideEnrolments>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    id: web::Path<EnrolmentId>,
    web::Form(form): web::Form<RefusalForm>,
) -> Result<HttpResponse> {
    let (id, version, now) = (id.into_inner(), form.version(), Moment::now());
    let form = form.tidy();
    let reason = match form.parse() {
        Ok(reason) => reason,
        Err(problems) => {
            let shown = ShowPage::of(shell, may, &db, id).await?;
            return unprocessable(&ShowPage { refusal: form, problems, ..shown });
        }
    };
    let enrolment = look(&db, &may, &id).await?;
    let (operator, token) = (known_operator(&db).await?, Token::random());
    let link = format!("{}{}", site.base_url, paths::enrolment::link(token.reveal()));
    let until = day(now.plus_days(LINK_DAYS));
    let letter = Refused {
        to: Applicant { id: &enrolment.id, email: &enrolment.email, operator: &operator, site: &site },
        name: &enrolment.person_name,
        company: &enrolment.company_name,
        by: &may,
        reason: &reason,
        link: &link,
        until: &until,
    };
    let letter = letter.letter()?;
    let refusal = Refusal { reason, token_hash: token.hash(), letter: (LetterId::new(), letter) };
    let wanted = id.clone();
    let by = may.clone();
    match db.write(move |conn| decision::refuse(conn, &by, (&wanted, version), &refusal, now)).await? {
        Decided::Done => {
            bell.ring();
            say(&session, &shell, &Said::Refused { company: &enrolment.company_name })?;
        }
        Decided::Changed | Decided::Obstacle(_) => {
            let shown = ShowPage::of(shell, may, &db, id).await?;
            let shown = ShowPage { refusal: form, is_changed: true, ..shown };
            return with_status(StatusCode::CONFLICT, &shown);
        }
    }
    Ok(see_other(paths::enrolment::show(&id)))
}

async fn look(db: &Db, may: &Allowed<DecideEnrolments>, id: &EnrolmentId) -> Result<Enrolment> {
    let (may, id) = (may.clone(), id.clone());
    db.read(move |conn| find(conn, &may, &id)).await
}

/// The page again, which says what is in the way.
async fn again(
    shell: Shell,
    may: Allowed<DecideEnrolments>,
    db: &Db,
    id: EnrolmentId,
) -> Result<HttpResponse> {
    with_status(StatusCode::CONFLICT, &ShowPage::of(shell, may, db, id).await?)
}
