//! The second step of a sign-in: the code of the authenticator app, or a recovery code.

use actix_session::SessionExt as _;
use actix_web::cookie::Key;
use actix_web::http::StatusCode;
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
use crate::session::form::CodeForm;
use crate::session::model::safe_path;
use crate::session::model::throttle::Network;
use crate::session::origin::origin_of;
use crate::session::proof;
use crate::session::store::code::{self, Pending};
use crate::values::moment::Moment;
use crate::values::problem::Problem;
use crate::values::token::{Token, TokenHash};
use crate::web::page::{slowed, with_status};
use crate::web::{Problems, Shell, Site, Vault, page, see_other};

#[derive(Template)]
#[template(path = "session/code.html")]
struct CodePage {
    shell: Shell,
    form: CodeForm,
    problems: Problems,
    /// Seconds until the next try is taken, after several wrong ones.
    wait: Option<i64>,
    /// The portal cannot read the app's key any more; recovery codes work.
    is_unreadable: bool,
}

/// `GET /session/code`
pub async fn new(
    request: HttpRequest,
    shell: Shell,
    db: web::Data<Db>,
    web::Query(query): web::Query<CodeForm>,
) -> Result<HttpResponse> {
    if pending(&request, &db).await?.is_none() {
        return Ok(see_other(paths::session::sign_in()));
    }
    let form = CodeForm { next: safe_path(&query.next).to_owned(), code: String::new() };
    page(&CodePage { shell, form, problems: Problems::default(), wait: None, is_unreadable: false })
}

/// `POST /session/code`
pub async fn create(
    request: HttpRequest,
    shell: Shell,
    (db, site, key): (web::Data<Db>, web::Data<Site>, web::Data<Key>),
    (vault, bell): (web::Data<Vault>, web::Data<Bell>),
    web::Form(form): web::Form<CodeForm>,
) -> Result<HttpResponse> {
    let Some((sign_in, pending)) = pending(&request, &db).await? else {
        return Ok(see_other(paths::session::sign_in()));
    };
    let (from, browser, now) =
        (origin_of(&request, &site), browser::token(&request, &key, &site), Moment::now());
    let (whom, address, known) =
        (pending.whom.clone(), from.address.clone(), browser.as_ref().map(Token::hash));
    let key_of_app = proof::key_of(&whom.person, &pending.factor, &vault);
    let is_unreadable = key_of_app.is_none();
    if form.code.trim().is_empty() {
        let problems = ("code", Problem::Missing).into();
        let page = CodePage { shell, form: form.empty(), problems, wait: None, is_unreadable };
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let begin_try =
        move |conn: &mut _| code::begin_try(conn, &whom, &Network::of(&address), known.as_ref(), now);
    let tried = db.write(begin_try).await?;
    let counted_by = match tried {
        Ok(counted_by) => counted_by,
        Err(seconds) => {
            let page = CodePage {
                shell,
                form: form.empty(),
                problems: Problems::default(),
                wait: Some(seconds),
                is_unreadable,
            };
            return slowed(&page, seconds);
        }
    };
    let (token, person) = (Token::random(), pending.whom.person.clone());
    let proved = match proof::read(&pending.factor, key_of_app.as_ref(), &form.code, now) {
        Ok(proof) => {
            let browser = browser.unwrap_or_else(Token::random);
            let new = new_sign_in(&pending.whom, (&token, &browser), &from, now, &site)?;
            let refusal = proof::refusal(&proof);
            let complete = move |conn: &mut _| {
                code::complete(conn, (&sign_in, &pending.whom), (&proof, &counted_by), &new, now)
            };
            if db.write(complete).await? { Ok(browser) } else { Err(refusal) }
        }
        Err(problem) => Err(problem),
    };
    let browser = match proved {
        Ok(browser) => browser,
        Err(problem) => {
            note_wrong(&db, Some(person), EventKind::WrongCode, &from).await?;
            let problems = ("code", problem).into();
            let page = CodePage { shell, form: form.empty(), problems, wait: None, is_unreadable };
            return with_status(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    bell.ring();
    sign_in::begin(&request.get_session(), &token);
    let mut response = see_other(safe_path(&form.next));
    browser::keep(&mut response, &browser, &key, &site)?;
    Ok(response)
}

async fn pending(request: &HttpRequest, db: &Db) -> Result<Option<(TokenHash, Pending)>> {
    let Some(token) = sign_in::token(&request.get_session()) else { return Ok(None) };
    let (hash, now) = (token.hash(), Moment::now());
    let found = db.read(move |conn| code::pending(conn, &hash, now)).await?;
    Ok(found.map(|pending| (token.hash(), pending)))
}
