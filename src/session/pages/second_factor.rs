//! One's own second factor: setting it up, replacing and removing it, and its recovery codes.

use actix_session::Session;
use actix_web::cookie::Key;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::access::{Demand, Viewer, sign_in};
use crate::config::SecondFactorRule;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::paths;
use crate::session::browser;
use crate::session::form::SecondFactorForm;
use crate::session::letters::account_news::{Told, notice};
use crate::session::model::authenticator::AuthenticatorKey;
use crate::session::model::qr::Qr;
use crate::session::model::recovery::RecoveryCode;
use crate::session::proof;
use crate::session::said::Said;
use crate::session::store::second_factor::{self, NewSecondFactor, SecondFactor};
use crate::values::moment::Moment;
use crate::values::token::{Token, TokenHash};
use crate::web::page::with_status;
use crate::web::{Problems, Shell, Site, Vault, once, page, say, see_other};

/// The name under which recovery codes wait for the page that shows them.
const CODES: &str = "recovery-codes";

#[derive(Template)]
#[template(path = "session/second_factor.html")]
struct SecondFactorPage {
    shell: Shell,
    factor: Option<SecondFactor>,
    codes_left: i64,
    is_required: bool,
    /// Recovery codes, on the one page that shows them.
    codes: Vec<String>,
}

#[derive(Template)]
#[template(path = "session/second_factor_new.html")]
struct NewSecondFactorPage {
    shell: Shell,
    is_required: bool,
    /// Whether it is asked of everybody, or of those in charge.
    is_for_all: bool,
    demand: Demand,
    is_replacement: bool,
    offer: Offer,
    problems: Problems,
}

/// A key on its way into the app.
struct Offer {
    sealed: String,
    grouped: String,
    qr: Qr,
}

#[derive(Template)]
#[template(path = "session/second_factor_removal.html")]
struct RemovalPage {
    shell: Shell,
    is_required: bool,
}

/// `GET /profile/second-factor`
pub async fn show(
    (shell, session): (Shell, Session),
    viewer: Viewer,
    (db, vault, site): (web::Data<Db>, web::Data<Vault>, web::Data<Site>),
) -> Result<HttpResponse> {
    let person = viewer.person.clone();
    let (factor, codes_left) = db
        .read(move |conn| {
            Ok((second_factor::find(conn, &person)?, second_factor::codes_left(conn, &person)?))
        })
        .await?;
    if factor.is_none() {
        return new_page(shell, &viewer, AuthenticatorKey::random(), (&vault, &site), Problems::default());
    }
    let codes = fresh_codes_of(&db, &viewer, &session).await?;
    let is_required = is_required(&viewer, &site);
    page(&SecondFactorPage { shell, factor, codes_left, is_required, codes })
}

/// `GET /profile/second-factor/new`: another app in place of the one of now.
pub async fn new(
    shell: Shell,
    viewer: Viewer,
    (vault, site): (web::Data<Vault>, web::Data<Site>),
) -> Result<HttpResponse> {
    new_page(shell, &viewer, AuthenticatorKey::random(), (&vault, &site), Problems::default())
}

/// `POST /profile/second-factor`
pub async fn create(
    request: HttpRequest,
    (shell, session): (Shell, Session),
    viewer: Viewer,
    (db, vault, key): (web::Data<Db>, web::Data<Vault>, web::Data<Key>),
    (site, bell): (web::Data<Site>, web::Data<Bell>),
    web::Form(form): web::Form<SecondFactorForm>,
) -> Result<HttpResponse> {
    let offered = vault.open(&offer_place(&viewer), &form.offer);
    let offered = offered.as_deref().and_then(AuthenticatorKey::parse).ok_or(Error::BadRequest("offer"))?;
    let (person, now) = (viewer.person.clone(), Moment::now());
    let replaced = db.read(move |conn| second_factor::find(conn, &person)).await?;
    let is_set = |factor| proof::key_of(&viewer.person, factor, &vault).is_some_and(|key| key == offered);
    if replaced.as_ref().is_some_and(is_set) {
        // The same form sent twice.
        return Ok(see_other(paths::session::second_factor()));
    }
    let Some(step) = offered.step_of(&form.code, now) else {
        let problem = proof::no_step(&form.code);
        return new_page(shell, &viewer, offered, (&vault, &site), ("code", problem).into());
    };
    let (codes, hashes) = fresh_codes();
    let sealed_key = vault.seal(&proof::place(&viewer.person), &offered.text())?;
    let new = NewSecondFactor { sealed_key, step, codes: hashes };
    let notice = notice(&(&viewer).into(), Told::SecondFactorSet, now, &site)?;
    let sign_in = sign_in::token(&session).map(|token| token.hash());
    let browser = browser::token(&request, &key, &site).map(|token| token.hash());
    let (replaced, renewed) = (replaced.map(|factor| factor.since), Token::random());
    let token = renewed.hash();
    let is_set = db
        .write(move |conn| {
            let here = ((sign_in.as_ref(), browser.as_ref()), &token);
            second_factor::set(conn, &viewer, (replaced, &new), here, &notice, now)
        })
        .await?;
    if is_set {
        bell.ring();
        sign_in::renew(&session, &renewed);
        once::put(&session, CODES, &codes);
        say(&session, &shell, &Said::SecondFactorSet)?;
    }
    Ok(see_other(paths::session::second_factor()))
}

/// `POST /profile/second-factor/recovery-codes`
pub async fn renew_codes(
    session: Session,
    viewer: Viewer,
    db: web::Data<Db>,
    (site, bell): (web::Data<Site>, web::Data<Bell>),
) -> Result<HttpResponse> {
    let ((codes, hashes), now) = (fresh_codes(), Moment::now());
    let notice = notice(&(&viewer).into(), Told::RecoveryCodesRenewed, now, &site)?;
    let renewed =
        db.write(move |conn| second_factor::renew_codes(conn, &viewer, &hashes, &notice, now)).await?;
    if renewed {
        bell.ring();
        once::put(&session, CODES, &codes);
    }
    Ok(see_other(paths::session::second_factor()))
}

/// `GET /profile/second-factor/removal`
pub async fn confirm_removal(shell: Shell, viewer: Viewer, site: web::Data<Site>) -> Result<HttpResponse> {
    if !viewer.has_second_factor {
        return Ok(see_other(paths::session::second_factor()));
    }
    page(&RemovalPage { shell, is_required: is_required(&viewer, &site) })
}

/// `POST /profile/second-factor/removal`
pub async fn remove(
    (shell, session): (Shell, Session),
    viewer: Viewer,
    db: web::Data<Db>,
    (site, bell): (web::Data<Site>, web::Data<Bell>),
) -> Result<HttpResponse> {
    if is_required(&viewer, &site) {
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &RemovalPage { shell, is_required: true });
    }
    let now = Moment::now();
    let notice = notice(&(&viewer).into(), Told::SecondFactorRemoved, now, &site)?;
    let removed = db.write(move |conn| second_factor::remove(conn, &viewer, &notice, now)).await?;
    bell.ring();
    let said = if removed { Said::SecondFactorRemoved } else { Said::NothingChanged };
    say(&session, &shell, &said)?;
    Ok(see_other(paths::people::profile()))
}

fn new_page(
    shell: Shell,
    viewer: &Viewer,
    key: AuthenticatorKey,
    (vault, site): (&Vault, &Site),
    problems: Problems,
) -> Result<HttpResponse> {
    let offer = Offer {
        sealed: vault.seal(&offer_place(viewer), &key.text())?,
        grouped: key.grouped(),
        qr: Qr::of(&key.uri(&site.name, &viewer.email.to_string())?)?,
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let rule = site.second_factor;
    let page = NewSecondFactorPage {
        shell,
        is_required: is_required(viewer, site),
        is_for_all: viewer.organisation.requires_second_factor || rule == SecondFactorRule::Everybody,
        demand: viewer.second_factor_demand(rule, Moment::now()),
        is_replacement: viewer.has_second_factor,
        offer,
        problems,
    };
    with_status(status, &page)
}

/// The recovery codes that wait for this page, if they still are those that are kept.
async fn fresh_codes_of(db: &Db, viewer: &Viewer, session: &Session) -> Result<Vec<String>> {
    let codes = once::take(session, CODES).unwrap_or_default();
    let codes: Vec<RecoveryCode> = codes.split_whitespace().filter_map(RecoveryCode::parse).collect();
    let (person, hashes) = (viewer.person.clone(), codes.iter().map(RecoveryCode::hash).collect::<Vec<_>>());
    let kept = db.read(move |conn| second_factor::still_unused(conn, &person, &hashes)).await?;
    Ok(codes.iter().filter(|code| kept.contains(&code.hash())).map(RecoveryCode::shown).collect())
}

fn fresh_codes() -> (String, Vec<TokenHash>) {
    let codes = RecoveryCode::some();
    let shown: Vec<String> = codes.iter().map(RecoveryCode::shown).collect();
    (shown.join(" "), codes.iter().map(RecoveryCode::hash).collect())
}

fn is_required(viewer: &Viewer, site: &Site) -> bool {
    viewer.needs_second_factor(site.second_factor)
}

/// Sealed for one person, so that nobody can be made to take a key that somebody else knows.
fn offer_place(viewer: &Viewer) -> String {
    format!("second factor offered to {}", viewer.person)
}

impl NewSecondFactorPage {
    /// Whether nothing else opens before.
    fn comes_first(&self) -> bool {
        self.demand == Demand::Now
    }
}
