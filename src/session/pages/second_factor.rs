//! One's own second factor: setting it up, replacing and removing it, and its recovery codes.

use actix_web::cookie::Key;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::{Demand, sign_in};
use crate::config::SecondFactorRule;
use crate::error::{Error, Result};
use crate::language::filters;
use crate::paths;
use crate::session::form::SecondFactorForm;
use crate::session::model::authenticator::AuthenticatorKey;
use crate::session::model::qr::Qr;
use crate::session::model::recovery::RecoveryCode;
use crate::session::said::Said;
use crate::session::store::second_factor::{self, SecondFactor};
use crate::session::{browser, commands, proof};
use crate::values::id::PersonId;
use crate::values::moment::Moment;
use crate::web::{AskForOneself, Problems, Shell, once, see_other};

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
pub async fn show(ask: AskForOneself) -> Result<HttpResponse> {
    let (factor, codes_left) = ask
        .read(|conn, by| {
            Ok((second_factor::find(conn, &by.person)?, second_factor::codes_left(conn, &by.person)?))
        })
        .await?;
    if factor.is_none() {
        return new_page(&ask, &AuthenticatorKey::random(), Problems::default());
    }
    let codes = fresh_codes_of(&ask).await?;
    let is_required = is_required(&ask);
    ask.page(&SecondFactorPage { shell: ask.shell(), factor, codes_left, is_required, codes })
}

/// `GET /profile/second-factor/new`: another app in place of the one of now.
pub async fn new(ask: AskForOneself) -> Result<HttpResponse> {
    new_page(&ask, &AuthenticatorKey::random(), Problems::default())
}

/// `POST /profile/second-factor`
pub async fn create(
    ask: AskForOneself,
    key: web::Data<Key>,
    web::Form(form): web::Form<SecondFactorForm>,
) -> Result<HttpResponse> {
    let offered = ask.vault.open(&offer_place(&ask.by.person), &form.offer);
    let offered = offered.as_deref().and_then(AuthenticatorKey::parse).ok_or(Error::BadRequest("offer"))?;
    let (session, now) = (ask.session(), Moment::now());
    let replaced = ask.read(|conn, by| second_factor::find(conn, &by.person)).await?;
    let is_set = |factor| proof::key_of(&ask.by.person, factor, &ask.vault).is_some_and(|key| key == offered);
    if replaced.as_ref().is_some_and(is_set) {
        // The same form sent twice.
        return Ok(see_other(paths::session::second_factor()));
    }
    let Some(step) = offered.step_of(&form.code, now) else {
        let problem = proof::no_step(&form.code);
        return new_page(&ask, &offered, ("code", problem).into());
    };
    let replaced = replaced.map(|factor| factor.since);
    let sign_in = sign_in::token(&session).map(|token| token.hash());
    let browser = browser::token(ask.request(), &key, &ask.site).map(|token| token.hash());
    let (new, here) = ((&offered, step), (sign_in, browser));
    match commands::second_factor::set(&ask, &ask.by, new, replaced, here, now).await? {
        Some((codes, renewed)) => {
            sign_in::renew(&session, &renewed);
            once::put(&session, CODES, &codes);
            ask.done(&Said::SecondFactorSet, paths::session::second_factor())
        }
        None => Ok(see_other(paths::session::second_factor())),
    }
}

/// `POST /profile/second-factor/recovery-codes`
pub async fn renew_codes(ask: AskForOneself) -> Result<HttpResponse> {
    if let Some(codes) = commands::second_factor::renew_codes(&ask, &ask.by).await? {
        once::put(&ask.session(), CODES, &codes);
    }
    Ok(see_other(paths::session::second_factor()))
}

/// `GET /profile/second-factor/removal`
pub async fn confirm_removal(ask: AskForOneself) -> Result<HttpResponse> {
    if !ask.by.has_second_factor {
        return Ok(see_other(paths::session::second_factor()));
    }
    ask.page(&RemovalPage { shell: ask.shell(), is_required: is_required(&ask) })
}

/// `POST /profile/second-factor/removal`
pub async fn remove(ask: AskForOneself) -> Result<HttpResponse> {
    if is_required(&ask) {
        return ask.unprocessable(&RemovalPage { shell: ask.shell(), is_required: true });
    }
    let removed = commands::second_factor::remove(&ask, &ask.by).await?;
    let said = if removed { Said::SecondFactorRemoved } else { Said::NothingChanged };
    ask.done(&said, paths::people::profile())
}

fn new_page(ask: &AskForOneself, key: &AuthenticatorKey, problems: Problems) -> Result<HttpResponse> {
    let offer = Offer {
        sealed: ask.vault.seal(&offer_place(&ask.by.person), &key.text())?,
        grouped: key.grouped(),
        qr: Qr::of(&key.uri(&ask.site.name, &ask.by.email.to_string())?)?,
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (of_organisation, rule) = (ask.by.organisation.requires_second_factor, ask.site.second_factor);
    let page = NewSecondFactorPage {
        shell: ask.shell(),
        is_required: is_required(ask),
        is_for_all: of_organisation || rule == SecondFactorRule::Everybody,
        demand: ask.by.second_factor_demand(rule, Moment::now()),
        is_replacement: ask.by.has_second_factor,
        offer,
        problems,
    };
    ask.with_status(status, &page)
}

/// The recovery codes that wait for this page, if they still are those that are kept.
async fn fresh_codes_of(ask: &AskForOneself) -> Result<Vec<String>> {
    let codes = once::take(&ask.session(), CODES).unwrap_or_default();
    let codes: Vec<RecoveryCode> = codes.split_whitespace().filter_map(RecoveryCode::parse).collect();
    let hashes: Vec<_> = codes.iter().map(RecoveryCode::hash).collect();
    let kept = ask.read(move |conn, by| second_factor::still_unused(conn, &by.person, &hashes)).await?;
    Ok(codes.iter().filter(|code| kept.contains(&code.hash())).map(RecoveryCode::shown).collect())
}

fn is_required(ask: &AskForOneself) -> bool {
    ask.by.needs_second_factor(ask.site.second_factor)
}

/// Sealed for one person, so that nobody can be made to take a key that somebody else knows.
fn offer_place(person: &PersonId) -> String {
    format!("second factor offered to {person}")
}

impl NewSecondFactorPage {
    /// Whether nothing else opens before.
    fn comes_first(&self) -> bool {
        self.demand == Demand::Now
    }
}
