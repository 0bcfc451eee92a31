//! The sign-in page and the password page.

use actix_session::{Session, SessionExt as _};
use actix_web::http::StatusCode;
use actix_web::http::header::USER_AGENT;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::form::{PasswordForm, SignInForm};
use super::model::{Subject, safe_path};
use super::store::{self, Account, Origin};
use crate::access::{Viewer, sign_in};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::values::email::Email;
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::values::password::PasswordHash;
use crate::values::problem::Problem;
use crate::values::token::Token;
use crate::web::page::with_status;
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
    db: web::Data<Db>,
    site: web::Data<Site>,
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
    let origin = origin_of(&request, &site);
    let subjects = [Subject::account(email.as_str()), Subject::address(&origin.address)];
    match try_password(&db, &subjects, &email, &form.password).await? {
        Ok(person) => {
            let token = Token::random();
            let hash = token.hash();
            db.write(move |conn| {
                let [account, address] = &subjects;
                store::begin_sign_in(conn, (account, address), &person, &hash, &origin, Moment::now())
            })
            .await?;
            sign_in::begin(&request.get_session(), &token);
            Ok(see_other(safe_path(&form.next)))
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
    shell: Shell,
    viewer: Viewer,
    session: Session,
    db: web::Data<Db>,
    web::Form(form): web::Form<PasswordForm>,
) -> Result<HttpResponse> {
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
    let is_changed = db
        .write(move |conn| {
            store::change_password(conn, &viewer, (&hashes.0, &hashes.1), &token.hash(), Moment::now())
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
    subjects: &[Subject],
    email: &Email,
    password: &str,
) -> Result<Result<PersonId, Refusal>> {
    let (subjects, address) = (subjects.to_vec(), email.as_str().to_owned());
    let now = Moment::now();
    let account = db.write(move |conn| store::begin_try(conn, &subjects, &address, now)).await?;
    let (person, hash) = match account {
        Account::Slowed { seconds } => return Ok(Err(Refusal::Slowed { seconds })),
        Account::Known { person, password } => (Some(person), password),
        // As much work as for a known account, so that the time of the answer tells nothing.
        Account::Unknown => (None, PasswordHash::of_nobody()),
    };
    let typed = password.to_owned();
    let is_right = blocking(move || Ok(hash.matches(&typed))).await?;
    Ok(person.filter(|_| is_right).ok_or(Refusal::Wrong))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> anyhow::Result<T> + Send + 'static) -> Result<T> {
    let done = web::block(work).await.map_err(|error| Error::Internal(error.into()))?;
    Ok(done?)
}

fn origin_of(request: &HttpRequest, site: &Site) -> Origin {
    let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    let peer = request.peer_addr().map(|peer| peer.ip().to_string()).unwrap_or_default();
    let forwarded: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(',').map(str::trim))
        .collect();
    // Each proxy appends whom it heard from; only the entries of our own proxies are to be believed.
    let index = forwarded.len().checked_sub(site.trusted_proxies.max(1));
    let claimed = index.filter(|_| site.trusted_proxies > 0).and_then(|index| forwarded.get(index));
    let address = claimed.map_or(peer, |claimed| (*claimed).to_owned());
    Origin { device: agent.chars().take(300).collect(), address: address.chars().take(60).collect() }
}
