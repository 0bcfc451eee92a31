//! Asks for the password (and the second factor's code) once more before something sensitive is done, and loses nothing
//! of what was sent.

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error as ActixError, HttpResponse, web};
use askama::Template;

use super::commands::note_wrong;
use super::origin::origin_of;
use super::proof;
use super::store::{self, confirmation};
use crate::access::sign_in;
use crate::activity::security::EventKind;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::values::token::Token;
use crate::web::page::asked_for;
use crate::web::{AskForOneself, Problems, Shell};

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
    let ask = match request.extract::<AskForOneself>().await {
        Ok(ask) => ask,
        Err(error) => return Ok(request.into_response(HttpResponse::from_error(error))),
    };
    if ask.by.is_confirmed(Moment::now()) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let body = match request.extract::<web::Bytes>().await {
        Ok(body) => body,
        Err(error) => return Ok(request.into_response(HttpResponse::from_error(error))),
    };
    match page_that_asks(&ask, &body).await {
        Ok(None) => {
            request.set_payload(Payload::from(body));
            next.call(request).await.map(ServiceResponse::map_into_boxed_body)
        }
        Ok(Some(page)) => Ok(request.into_response(page)),
        Err(error) => Ok(request.into_response(HttpResponse::from_error(error))),
    }
}

/// The page that asks, unless what it asks for came along and is right.
async fn page_that_asks(ask: &AskForOneself, body: &[u8]) -> Result<Option<HttpResponse>> {
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
        Some(password) => Some(check(ask, password, code.unwrap_or_default()).await?),
    };
    let page = ConfirmationPage {
        shell: ask.shell(),
        action: asked_for(ask.request()),
        sent,
        asks_code: ask.by.has_second_factor,
        problems: Problems::default(),
        wait: None,
        is_busy: false,
    };
    let answer = match tried {
        Some(Typed::Right) => return Ok(None),
        None => ask.with_status(StatusCode::FORBIDDEN, &page),
        Some(Typed::Wrong(problems)) => ask.unprocessable(&ConfirmationPage { problems, ..page }),
        Some(Typed::Slowed(seconds)) => {
            ask.slowed(&ConfirmationPage { wait: Some(seconds), ..page }, seconds)
        }
        Some(Typed::Busy) => ask.busy(&ConfirmationPage { is_busy: true, ..page }),
    };
    answer.map(Some)
}

async fn check(ask: &AskForOneself, password: String, code: String) -> Result<Typed> {
    let mut problems = Problems::default();
    if password.is_empty() {
        problems.on(PASSWORD, Problem::Missing);
    }
    if ask.by.has_second_factor && code.trim().is_empty() {
        problems.on(CODE, Problem::Missing);
    }
    if !problems.is_empty() {
        return Ok(Typed::Wrong(problems));
    }
    let sign_in = sign_in::token(&ask.session()).ok_or(Error::SignInNeeded)?.hash();
    // Before the try is counted: whoever gets no turn has tried nothing.
    let Ok(turn) = ask.turns.take().await else { return Ok(Typed::Busy) };
    let from = origin_of(ask.request(), &ask.site);
    let (tried_in, now) = (sign_in.clone(), Moment::now());
    let wait = ask.write(move |conn, by| confirmation::begin_try(conn, by, &tried_in, now)).await?;
    if wait > 0 {
        return Ok(Typed::Slowed(wait));
    }
    let (hash, factor) = ask
        .read(|conn, by| Ok((store::own_password(conn, by)?, store::second_factor::find(conn, &by.person)?)))
        .await?;
    let kept = hash.clone();
    if !turn.work(move |turn| Ok(hash.matches(&password, turn))).await? {
        note_wrong(ask, Some(ask.by.person), EventKind::WrongConfirmation, &from).await?;
        return Ok(Typed::Wrong((PASSWORD, Problem::Wrong).into()));
    }
    let proof = match &factor {
        Some(factor) => {
            let key = proof::key_of(&ask.by.person, factor, &ask.vault);
            match proof::read(factor, key.as_ref(), &code, now) {
                Ok(proof) => Some(proof),
                Err(problem) => {
                    note_wrong(ask, Some(ask.by.person), EventKind::WrongCode, &from).await?;
                    return Ok(Typed::Wrong((CODE, problem).into()));
                }
            }
        }
        None => None,
    };
    let refusal = proof.as_ref().map_or(Problem::Wrong, proof::refusal);
    let renewed = Token::random();
    let token = renewed.hash();
    let is_confirmed = ask
        .write(move |conn, by| {
            confirmation::confirm(conn, by, (&sign_in, &token), &kept, proof.as_ref(), now)
        })
        .await?;
    if !is_confirmed {
        return Ok(Typed::Wrong((CODE, refusal).into()));
    }
    sign_in::renew(&ask.session(), &renewed);
    Ok(Typed::Right)
}
