//! One's own password.

use actix_session::SessionExt as _;
use actix_web::cookie::Key;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{blocking, note_wrong};
use crate::access::{Viewer, sign_in};
use crate::activity::security::EventKind;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::session::browser;
use crate::session::form::PasswordForm;
use crate::session::letter::{self, Told};
use crate::session::origin::origin_of;
use crate::session::store::{self, confirmation};
use crate::values::moment::Moment;
use crate::values::password::OwnWords;
use crate::values::problem::Problem;
use crate::values::token::Token;
use crate::web::page::with_status;
use crate::web::{Notice, Problems, Shell, Site, page, see_other, unprocessable};

#[derive(Template)]
#[template(path = "session/password.html")]
struct PasswordPage {
    shell: Shell,
    is_forced: bool,
    problems: Problems,
    /// Seconds until the next try is taken, after several wrong ones.
    wait: Option<i64>,
}

/// `GET /password`
pub async fn edit(shell: Shell, viewer: Viewer) -> Result<HttpResponse> {
    page(&PasswordPage {
        shell,
        is_forced: viewer.must_change_password,
        problems: Problems::default(),
        wait: None,
    })
}

/// `POST /password`
pub async fn update(
    request: HttpRequest,
    shell: Shell,
    viewer: Viewer,
    (db, site, key, bell): (web::Data<Db>, web::Data<Site>, web::Data<Key>, web::Data<Bell>),
    web::Form(form): web::Form<PasswordForm>,
) -> Result<HttpResponse> {
    let session = request.get_session();
    let (is_forced, has_proved_mailbox) = (viewer.must_change_password, viewer.has_proved_mailbox);
    let own = OwnWords {
        address: viewer.email.as_str(),
        organisation: &viewer.organisation.name,
        installation: &site.name,
    };
    let new = match form.parse(&own) {
        Ok(new) => new,
        Err(problems) => return unprocessable(&PasswordPage { shell, is_forced, problems, wait: None }),
    };
    let token = sign_in::token(&session).ok_or(Error::SignInNeeded)?;
    let from = origin_of(&request, &site);
    let (asking, by, now, address) = (viewer.clone(), token.hash(), Moment::now(), from.address.clone());
    let wait = db.write(move |conn| confirmation::begin_try(conn, &asking, (&by, &address), now)).await?;
    if wait > 0 {
        let problems = Problems::default();
        let page = PasswordPage { shell, is_forced, problems, wait: Some(wait) };
        return with_status(StatusCode::TOO_MANY_REQUESTS, &page);
    }
    let asking = viewer.clone();
    let old = db.read(move |conn| store::own_password(conn, &asking)).await?;
    let Some(hashes) =
        blocking(move || Ok(if old.matches(&form.current) { Some((old, new.hash()?)) } else { None }))
            .await?
    else {
        note_wrong(&db, Some(viewer.person.clone()), EventKind::WrongConfirmation, &from).await?;
        let problems = ("current", Problem::Wrong).into();
        return unprocessable(&PasswordPage { shell, is_forced, problems, wait: None });
    };
    let renewed = Token::random();
    let (renewed_hash, sign_in, browser) =
        (renewed.hash(), token.hash(), browser::token(&request, &key, &site).map(|token| token.hash()));
    let notice = letter::notice(&(&viewer).into(), Told::PasswordChanged, now, &site)?;
    let is_changed = db
        .write(move |conn| {
            confirmation::end_try(conn, &viewer, &sign_in)?;
            let kept = (&sign_in, &renewed_hash, browser.as_ref());
            store::change_password(conn, &viewer, (&hashes.0, &hashes.1), kept, &notice, now)
        })
        .await?;
    if !is_changed {
        let problems = ("current", Problem::Wrong).into();
        return unprocessable(&PasswordPage { shell, is_forced, problems, wait: None });
    }
    bell.ring();
    sign_in::begin(&session, &renewed);
    Notice::PasswordChanged.put(&session);
    // Whoever gave the temporary password may have mistyped the address.
    let is_unproved = is_forced && site.sends_mail && !has_proved_mailbox;
    Ok(see_other(if is_unproved { "/profile/email/proof" } else { "/" }))
}
