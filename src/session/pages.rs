//! The sign-in page and the password page.

use actix_session::{Session, SessionExt as _};
use actix_web::cookie::Key;
use actix_web::http::StatusCode;
use actix_web::http::header::USER_AGENT;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::browser;
use super::form::{PasswordForm, SignInForm};
use super::model::safe_path;
use super::model::throttle::Network;
use super::store::{self, Account, Candidate, NewSignIn, Origin};
use crate::access::{Viewer, sign_in};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::values::email::Email;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::problem::Problem;
use crate::values::token::{Token, TokenHash};
use crate::web::page::with_status;
use crate::web::visitor;
use crate::web::{Notice, Problems, Shell, Site, page, see_other, unprocessable};

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
}

#[derive(Template)]
#[template(path = "session/password.html")]
struct PasswordPage {
    shell: Shell,
    is_forced: bool,
    problems: Problems,
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
    (db, site, key): (web::Data<Db>, web::Data<Site>, web::Data<Key>),
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
    let browser = browser::token(&request, &key);
    let known = browser.as_ref().map(Token::hash);
    let tried = try_password(&db, &email, &form.password, &Network::of(&from.address), known).await?;
    sweep(&db).await;
    let begun = match tried {
        Ok(candidate) => begin(&db, candidate, browser.unwrap_or_else(Token::random), from).await?,
        Err(refusal) => Err(refusal),
    };
    match begun {
        Ok((token, browser)) => {
            sign_in::begin(&request.get_session(), &token);
            let mut response = see_other(safe_path(&form.next));
            browser::keep(&mut response, &browser, &key, site.is_https())?;
            Ok(response)
        }
        Err(refusal) => {
            let status = match refusal {
                Refusal::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
                Refusal::Slowed { .. } => StatusCode::TOO_MANY_REQUESTS,
            };
            let problems = Problems::default();
            with_status(status, &NewSessionPage { shell, form, problems, refusal: Some(refusal) })
        }
    }
}

/// `POST /session/end`
pub async fn destroy(session: Session, db: web::Data<Db>) -> Result<HttpResponse> {
    if let Some(token) = sign_in::token(&session) {
        db.write(move |conn| store::end_sign_in(conn, &token.hash())).await?;
    }
    sign_in::end(&session);
    Ok(see_other("/sign-in"))
}

/// `GET /password`
pub async fn edit_password(shell: Shell, viewer: Viewer) -> Result<HttpResponse> {
    page(&PasswordPage { shell, is_forced: viewer.must_change_password, problems: Problems::default() })
}

/// `POST /password`
pub async fn update_password(
    request: HttpRequest,
    shell: Shell,
    viewer: Viewer,
    (db, key): (web::Data<Db>, web::Data<Key>),
    web::Form(form): web::Form<PasswordForm>,
) -> Result<HttpResponse> {
    let session = request.get_session();
    let is_forced = viewer.must_change_password;
    let new = match form.parse() {
        Ok(new) => new,
        Err(problems) => return unprocessable(&PasswordPage { shell, is_forced, problems }),
    };
    let asking = viewer.clone();
    let old = db.read(move |conn| store::own_password(conn, &asking)).await?;
    let token = sign_in::token(&session).ok_or(Error::SignInNeeded)?;
    let Some(hashes) =
        blocking(move || Ok(if old.matches(&form.current) { Some((old, new.hash()?)) } else { None }))
            .await?
    else {
        let problems = ("current", Problem::Wrong).into();
        return unprocessable(&PasswordPage { shell, is_forced, problems });
    };
    let (sign_in, browser) = (token.hash(), browser::token(&request, &key).map(|token| token.hash()));
    let now = Moment::now();
    let is_changed = db
        .write(move |conn| {
            let kept = (&sign_in, browser.as_ref());
            store::change_password(conn, &viewer, (&hashes.0, &hashes.1), kept, now)
        })
        .await?;
    if !is_changed {
        let problems = ("current", Problem::Wrong).into();
        return unprocessable(&PasswordPage { shell, is_forced, problems });
    }
    Notice::PasswordChanged.put(&session);
    Ok(see_other("/"))
}

async fn try_password(
    db: &Db,
    email: &Email,
    password: &str,
    network: &Network,
    browser: Option<TokenHash>,
) -> Result<Result<Candidate, Refusal>> {
    let (address, network, now) = (email.as_str().to_owned(), network.clone(), Moment::now());
    let account =
        db.write(move |conn| store::begin_try(conn, &address, &network, browser.as_ref(), now)).await?;
    let (candidate, hash) = match account {
        Account::Slowed { seconds } => return Ok(Err(Refusal::Slowed { seconds })),
        Account::Known(candidate) => (Some(candidate.clone()), candidate.password),
        // As much work as for a known account, so that the time of the answer tells nothing.
        Account::Unknown => (None, PasswordHash::of_nobody()),
    };
    let typed = password.to_owned();
    let is_right = blocking(move || Ok(hash.matches(&typed))).await?;
    Ok(candidate.filter(|_| is_right).ok_or(Refusal::Wrong))
}

/// Begins the sign-in of somebody whose password was right; answers its token and the browser's.
async fn begin(
    db: &Db,
    candidate: Candidate,
    browser: Token,
    from: Origin,
) -> Result<Result<(Token, Token), Refusal>> {
    let token = Token::random();
    let new = NewSignIn { token: token.hash(), browser: browser.hash(), from };
    let now = Moment::now();
    let has_begun = db.write(move |conn| store::begin_sign_in(conn, &candidate, &new, now)).await?;
    Ok(if has_begun { Ok((token, browser)) } else { Err(Refusal::Wrong) })
}

/// Whoever signs in clears a little away; that it cannot be done now keeps nobody out.
async fn sweep(db: &Db) {
    let now = Moment::now();
    if let Err(error) = db.write(move |conn| store::sweep::sweep(conn, now)).await {
        tracing::warn!(error = ?error, "ended sign-ins could not be cleared away");
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> anyhow::Result<T> + Send + 'static) -> Result<T> {
    let done = web::block(work).await.map_err(|error| Error::Internal(error.into()))?;
    Ok(done?)
}

fn origin_of(request: &HttpRequest, site: &Site) -> Origin {
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Origin { device: agent.chars().take(300).collect(), address: visitor::address_of(request, site) }
}
