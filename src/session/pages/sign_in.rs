//! The sign-in page.

use actix_session::{Session, SessionExt as _};
use actix_web::cookie::Key;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{new_sign_in, note_wrong};
use crate::access::sign_in;
use crate::activity::security::EventKind;
use crate::db::Db;
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::paths;
use crate::session::browser;
use crate::session::form::SignInForm;
use crate::session::model::safe_path;
use crate::session::model::throttle::Network;
use crate::session::origin::origin_of;
use crate::session::store::{self, Account, Begun, Candidate, Origin};
use crate::values::email::Email;
use crate::values::moment::Moment;
use crate::values::password::{PasswordHash, Turns};
use crate::values::problem::Problem;
use crate::values::token::{Token, TokenHash};
use crate::web::page::{busy, slowed};
use crate::web::{Problems, Shell, Site, page, see_other, unprocessable};

#[derive(Template)]
#[template(path = "session/new.html")]
struct NewSessionPage {
    shell: Shell,
    form: SignInForm,
    problems: Problems,
    refusal: Option<Refusal>,
}

/// Why nobody was signed in; unknown and wrong are one answer.
enum Refusal {
    Wrong,
    Slowed { seconds: i64 },
    Busy,
}

/// `GET /sign-in`
pub async fn new(shell: Shell, query: web::Query<SignInForm>) -> Result<HttpResponse> {
    let next = safe_path(&query.next).to_owned();
    if shell.viewer.is_some() {
        return Ok(see_other(next));
    }
    let form = SignInForm { next, ..SignInForm::default() };
    page(&NewSessionPage { shell, form, problems: Problems::default(), refusal: None })
}

/// `POST /session`
pub async fn create(
    request: HttpRequest,
    shell: Shell,
    (db, site, key, bell): (web::Data<Db>, web::Data<Site>, web::Data<Key>, web::Data<Bell>),
    turns: web::Data<Turns>,
    web::Form(form): web::Form<SignInForm>,
) -> Result<HttpResponse> {
    let email = match Email::parse(&form.email) {
        Ok(email) if !form.password.is_empty() => email,
        parsed => {
            let mut problems = Problems::default();
            problems.field("email", parsed);
            if form.password.is_empty() {
                problems.on("password", Problem::Missing);
            }
            return unprocessable(&NewSessionPage { shell, form, problems, refusal: None });
        }
    };
    let from = origin_of(&request, &site);
    let browser = browser::token(&request, &key, &site);
    let known = browser.as_ref().map(Token::hash);
    let tried = try_password((&db, &turns), &email, &form.password, &from, known).await?;
    let before = sign_in::token(&request.get_session());
    let begun = match tried {
        Ok(candidate) => begin(&db, candidate, browser.unwrap_or_else(Token::random), (&from, &site)).await?,
        Err(refusal) => Err(refusal),
    };
    if let (Ok(_), Some(before)) = (&begun, before) {
        // Whoever signs in again is somebody else in this browser from now on: a copy of the old cookie opens nothing.
        db.write(move |conn| store::end_sign_in(conn, &before.hash())).await?;
    }
    match begun {
        Ok(SignIn { token, awaits_code: true, .. }) => {
            sign_in::begin(&request.get_session(), &token);
            Ok(see_other(paths::session::code_then(safe_path(&form.next))))
        }
        Ok(SignIn { token, browser, .. }) => {
            bell.ring();
            sign_in::begin(&request.get_session(), &token);
            let mut response = see_other(safe_path(&form.next));
            browser::keep(&mut response, &browser, &key, &site)?;
            Ok(response)
        }
        Err(refusal) => {
            let page = NewSessionPage { shell, form, problems: Problems::default(), refusal: Some(refusal) };
            match page.refusal {
                Some(Refusal::Slowed { seconds }) => slowed(&page, seconds),
                Some(Refusal::Busy) => busy(&page),
                _ => unprocessable(&page),
            }
        }
    }
}

/// `POST /session/end`
pub async fn destroy(session: Session, db: web::Data<Db>) -> Result<HttpResponse> {
    if let Some(token) = sign_in::token(&session) {
        db.write(move |conn| store::end_sign_in(conn, &token.hash())).await?;
    }
    sign_in::end(&session);
    Ok(see_other(paths::session::sign_in()))
}

async fn try_password(
    (db, turns): (&Db, &Turns),
    email: &Email,
    password: &str,
    from: &Origin,
    browser: Option<TokenHash>,
) -> Result<Result<Candidate, Refusal>> {
    // Before the try is counted: whoever gets no turn has tried nothing.
    let Ok(turn) = turns.take().await else { return Ok(Err(Refusal::Busy)) };
    let (email, address, now) = (email.as_str().to_owned(), from.address.clone(), Moment::now());
    let begin_try =
        move |conn: &mut _| store::begin_try(conn, &email, &Network::of(&address), browser.as_ref(), now);
    let account = db.write(begin_try).await?;
    let (candidate, hash) = match account {
        Account::Slowed { seconds } => return Ok(Err(Refusal::Slowed { seconds })),
        Account::Known(candidate) => (Some(candidate.clone()), candidate.password),
        // As much work as for a known account, so that the time of the answer tells nothing.
        Account::Unknown => (None, PasswordHash::of_nobody()),
    };
    let typed = password.to_owned();
    if turn.work(move |turn| Ok(hash.matches(&typed, turn))).await?
        && let Some(candidate) = candidate
    {
        return Ok(Ok(candidate));
    }
    let person = candidate.map(|candidate| candidate.whom.person);
    note_wrong(db, person, EventKind::WrongPassword, from).await?;
    Ok(Err(Refusal::Wrong))
}

/// A sign-in that has begun: its token, the browser's, and whether the second factor's code is still awaited.
struct SignIn {
    token: Token,
    browser: Token,
    awaits_code: bool,
}

/// Begins the sign-in of somebody whose password was right.
async fn begin(
    db: &Db,
    candidate: Candidate,
    browser: Token,
    (from, site): (&Origin, &Site),
) -> Result<Result<SignIn, Refusal>> {
    let (token, now) = (Token::random(), Moment::now());
    let new = new_sign_in(&candidate.whom, (&token, &browser), from, now, site)?;
    let begun = db.write(move |conn| store::begin_sign_in(conn, &candidate, &new, now)).await?;
    Ok(match begun {
        Begun::Signed => Ok(SignIn { token, browser, awaits_code: false }),
        Begun::AwaitsCode => Ok(SignIn { token, browser, awaits_code: true }),
        Begun::No => Err(Refusal::Wrong),
    })
}
