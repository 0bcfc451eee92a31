//! Asks for the password (and the second factor's code) once more before something sensitive is done, and loses nothing
//! of what was sent.

use actix_session::SessionExt as _;
use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, FromRequest as _, HttpResponse, web};
use askama::Template;

use super::origin::origin_of;
use super::pages::note_wrong;
use super::proof;
use super::store::{self, confirmation};
use crate::access::{Viewer, sign_in};
use crate::activity::security::EventKind;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::values::moment::Moment;
use crate::values::password::Turns;
use crate::values::problem::Problem;
use crate::values::token::Token;
use crate::web::page::{asked_for, busy, slowed, with_status};
use crate::web::{Problems, Shell, Site, Vault, unprocessable};

/// The fields that the page adds to whatever was sent.
const PASSWORD: &str = "own-password";
const CODE: &str = "own-code";
const ACCOUNT: &str = "own-account";
/// No form of ours has more fields.
const MOST_FIELDS: usize = 200;

/// The page that asks; it sends everything again, with the password.
#[derive(Template)]
#[template(path = "session/confirmation.html")]
struct ConfirmationPage {
    shell: Shell,
    action: String,
    sent: Vec<(String, String)>,
    /// Whether the code of the second factor is asked for, too.
    asks_code: bool,
    problems: Problems,
    /// Seconds until the next try is taken, after several wrong ones.
    wait: Option<i64>,
    /// Too many passwords are being checked; nothing was tried.
    is_busy: bool,
}

/// What came of what was typed.
enum Typed {
    Right,
    Wrong(Problems),
    Slowed(i64),
    Busy,
}

/// Stands before a sensitive command: it goes on when the person proved lately in this sign-in to be there.
///
/// # Errors
/// What comes from further inside.
pub async fn demand<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> std::result::Result<ServiceResponse, ActixError> {
    let viewer = match request.extract::<Viewer>().await {
        Ok(viewer) => viewer,
        Err(error) => return Ok(request.into_response(HttpResponse::from_error(error))),
    };
    if viewer.is_confirmed(Moment::now()) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let body = match request.extract::<web::Bytes>().await {
        Ok(body) => body,
        Err(error) => return Ok(request.into_response(HttpResponse::from_error(error))),
    };
    match ask(&request, &viewer, &body).await {
        Ok(None) => {
            request.set_payload(Payload::from(body));
            next.call(request).await.map(ServiceResponse::map_into_boxed_body)
        }
        Ok(Some(page)) => Ok(request.into_response(page)),
        Err(error) => Ok(request.into_response(HttpResponse::from_error(error))),
    }
}

/// The page that asks, unless what it asks for came along and is right.
async fn ask(request: &ServiceRequest, viewer: &Viewer, body: &[u8]) -> Result<Option<HttpResponse>> {
    let mut sent: Vec<(String, String)> =
        serde_urlencoded::from_bytes(body).map_err(|_| Error::BadRequest("form"))?;
    if sent.len() > MOST_FIELDS {
        return Err(Error::BadRequest("fields"));
    }
    let typed = |name: &str| sent.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
    let (password, code) = (typed(PASSWORD), typed(CODE));
    sent.retain(|(name, _)| ![PASSWORD, CODE, ACCOUNT].contains(&name.as_str()));
    let tried = match password {
        None => None,
        Some(password) => Some(check(request, viewer, password, code.unwrap_or_default()).await?),
    };
    let page = ConfirmationPage {
        shell: Shell::extract(request.request()).await?,
        action: asked_for(request.request()),
        sent,
        asks_code: viewer.has_second_factor,
        problems: Problems::default(),
        wait: None,
        is_busy: false,
    };
    let answer = match tried {
        Some(Typed::Right) => return Ok(None),
        None => with_status(StatusCode::FORBIDDEN, &page),
        Some(Typed::Wrong(problems)) => unprocessable(&ConfirmationPage { problems, ..page }),
        Some(Typed::Slowed(seconds)) => slowed(&ConfirmationPage { wait: Some(seconds), ..page }, seconds),
        Some(Typed::Busy) => busy(&ConfirmationPage { is_busy: true, ..page }),
    };
    answer.map(Some)
}

async fn check(request: &ServiceRequest, viewer: &Viewer, password: String, code: String) -> Result<Typed> {
    let mut problems = Problems::default();
    if password.is_empty() {
        problems.on(PASSWORD, Problem::Missing);
    }
    if viewer.has_second_factor && code.trim().is_empty() {
        problems.on(CODE, Problem::Missing);
    }
    if !problems.is_empty() {
        return Ok(Typed::Wrong(problems));
    }
    let db = request.app_data::<web::Data<Db>>().ok_or(Error::NotFound)?;
    let vault = request.app_data::<web::Data<Vault>>().ok_or(Error::NotFound)?;
    let turns = request.app_data::<web::Data<Turns>>().ok_or(Error::NotFound)?;
    let sign_in = sign_in::token(&request.get_session()).ok_or(Error::SignInNeeded)?.hash();
    // Before the try is counted: whoever gets no turn has tried nothing.
    let Ok(turn) = turns.take().await else { return Ok(Typed::Busy) };
    let site = request.app_data::<web::Data<Site>>().ok_or(Error::NotFound)?;
    let from = origin_of(request.request(), site);
    let (asking, by, now) = (viewer.clone(), sign_in.clone(), Moment::now());
    let wait = db.write(move |conn| confirmation::begin_try(conn, &asking, &by, now)).await?;
    if wait > 0 {
        return Ok(Typed::Slowed(wait));
    }
    let asking = viewer.clone();
    let (hash, factor) = db
        .read(move |conn| {
            Ok((store::own_password(conn, &asking)?, store::second_factor::find(conn, &asking.person)?))
        })
        .await?;
    let kept = hash.clone();
    if !turn.work(move |turn| Ok(hash.matches(&password, turn))).await? {
        note_wrong(db, Some(viewer.person.clone()), EventKind::WrongConfirmation, &from).await?;
        return Ok(Typed::Wrong((PASSWORD, Problem::Wrong).into()));
    }
    let proof = match &factor {
        Some(factor) => {
            let key = proof::key_of(&viewer.person, factor, vault);
            match proof::read(factor, key.as_ref(), &code, now) {
                Ok(proof) => Some(proof),
                Err(problem) => {
                    note_wrong(db, Some(viewer.person.clone()), EventKind::WrongCode, &from).await?;
                    return Ok(Typed::Wrong((CODE, problem).into()));
                }
            }
        }
        None => None,
    };
    let refusal = proof.as_ref().map_or(Problem::Wrong, proof::refusal);
    let (viewer, renewed) = (viewer.clone(), Token::random());
    let token = renewed.hash();
    let confirm = move |conn: &mut _| {
        confirmation::confirm(conn, &viewer, (&sign_in, &token), &kept, proof.as_ref(), now)
    };
    if !db.write(confirm).await? {
        return Ok(Typed::Wrong((CODE, refusal).into()));
    }
    sign_in::renew(&request.get_session(), &renewed);
    Ok(Typed::Right)
}
