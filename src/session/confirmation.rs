//! Asks for the password once more before something sensitive is done, and loses nothing of what was sent.

use actix_session::SessionExt as _;
use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, FromRequest as _, HttpResponse, web};
use askama::Template;

use super::pages::blocking;
use super::store::{self, confirmation};
use crate::access::{Viewer, sign_in};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::web::page::with_status;
use crate::web::{Problems, Shell};

/// The field that the page adds to whatever was sent.
const FIELD: &str = "own-password";

/// The page that asks; it sends everything again, with the password.
#[derive(Template)]
#[template(path = "session/confirmation.html")]
struct ConfirmationPage {
    shell: Shell,
    action: String,
    sent: Vec<(String, String)>,
    problems: Problems,
    /// Seconds until the next try is taken, after several wrong ones.
    wait: Option<i64>,
}

/// What came of the password that was typed.
enum Typed {
    Right,
    Wrong,
    Slowed(i64),
}

/// Stands before a sensitive command: it goes on when the password was typed lately in this sign-in.
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

/// The page that asks, unless the right password came along.
async fn ask(request: &ServiceRequest, viewer: &Viewer, body: &[u8]) -> Result<Option<HttpResponse>> {
    let mut sent: Vec<(String, String)> =
        serde_urlencoded::from_bytes(body).map_err(|_| Error::BadRequest("form"))?;
    let password = sent.iter().position(|(name, _)| name == FIELD).map(|place| sent.remove(place).1);
    let (status, problems, wait) = match password {
        None => (StatusCode::FORBIDDEN, Problems::default(), None),
        Some(password) if password.is_empty() => {
            (StatusCode::UNPROCESSABLE_ENTITY, (FIELD, Problem::Missing).into(), None)
        }
        Some(password) => match check(request, viewer, password).await? {
            Typed::Right => return Ok(None),
            Typed::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, (FIELD, Problem::Wrong).into(), None),
            Typed::Slowed(seconds) => (StatusCode::TOO_MANY_REQUESTS, Problems::default(), Some(seconds)),
        },
    };
    let shell = Shell::extract(request.request()).await?;
    let action = request.uri().to_string();
    with_status(status, &ConfirmationPage { shell, action, sent, problems, wait }).map(Some)
}

async fn check(request: &ServiceRequest, viewer: &Viewer, password: String) -> Result<Typed> {
    let db = request.app_data::<web::Data<Db>>().ok_or(Error::NotFound)?;
    let (asking, now) = (viewer.clone(), Moment::now());
    let wait = db.write(move |conn| confirmation::begin_try(conn, &asking, now)).await?;
    if wait > 0 {
        return Ok(Typed::Slowed(wait));
    }
    let asking = viewer.clone();
    let hash = db.read(move |conn| store::own_password(conn, &asking)).await?;
    if !blocking(move || Ok(hash.matches(&password))).await? {
        return Ok(Typed::Wrong);
    }
    let sign_in = sign_in::token(&request.get_session()).ok_or(Error::SignInNeeded)?.hash();
    let viewer = viewer.clone();
    db.write(move |conn| confirmation::confirm(conn, &viewer, &sign_in, now)).await?;
    Ok(Typed::Right)
}
