//! One's own password.

use actix_session::SessionExt as _;
use actix_web::cookie::Key;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::note_wrong;
use crate::access::{Viewer, sign_in};
use crate::activity::security::EventKind;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::paths;
use crate::session::browser;
use crate::session::form::PasswordForm;
use crate::session::letters::account_news::{Told, notice};
use crate::session::origin::origin_of;
use crate::session::said::Said;
use crate::session::store::{self, confirmation};
use crate::values::moment::Moment;
use crate::values::password::{OwnWords, Turns};
use crate::values::problem::Problem;
use crate::values::token::Token;
use crate::web::page::{busy, slowed};
use crate::web::{Problems, Shell, Site, page, say, see_other, unprocessable};

#[derive(Template)]
#[template(path = "session/password.html")]
struct PasswordPage {
    shell: Shell,
    is_forced: bool,
    problems: Problems,
    /// Seconds until the next try is taken, after several wrong ones.
    wait: Option<i64>,
    /// Too many passwords are being checked; nothing was done.
    is_busy: bool,
}

/// `GET /password`
pub async fn edit(shell: Shell, viewer: Viewer) -> Result<HttpResponse> {
    let is_forced = viewer.must_change_password;
    page(&PasswordPage::of(shell, is_forced, Problems::default()))
}

/// `POST /password`
pub async fn update(
    request: HttpRequest,
    shell: Shell,
    viewer: Viewer,
    (db, site, key, bell): (web::Data<Db>, web::Data<Site>, web::Data<Key>, web::Data<Bell>),
    turns: web::Data<Turns>,
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
        Err(problems) => return unprocessable(&PasswordPage::of(shell, is_forced, problems)),
    };
    let token = sign_in::token(&session).ok_or(Error::SignInNeeded)?;
    // Before the try is counted: whoever gets no turn has tried nothing.
    let Ok(turn) = turns.take().await else {
        return busy(&PasswordPage {
            is_busy: true,
            ..PasswordPage::of(shell, is_forced, Problems::default())
        });
    };
    let from = origin_of(&request, &site);
    let (asking, by, now) = (viewer.clone(), token.hash(), Moment::now());
    let wait = db.write(move |conn| confirmation::begin_try(conn, &asking, &by, now)).await?;
    if wait > 0 {
        let page = PasswordPage::of(shell, is_forced, Problems::default());
        return slowed(&PasswordPage { wait: Some(wait), ..page }, wait);
    }
    let asking = viewer.clone();
    let old = db.read(move |conn| store::own_password(conn, &asking)).await?;
    let change = turn.work(move |turn| {
        if !old.matches(&form.current, turn) {
            return Ok(None);
        }
        new.hash(turn).map(|new| Some((old, new)))
    });
    let Some(hashes) = change.await? else {
        note_wrong(&db, Some(viewer.person.clone()), EventKind::WrongConfirmation, &from).await?;
        let problems = ("current", Problem::Wrong).into();
        return unprocessable(&PasswordPage::of(shell, is_forced, problems));
    };
    let renewed = Token::random();
    let (renewed_hash, sign_in, browser) =
        (renewed.hash(), token.hash(), browser::token(&request, &key, &site).map(|token| token.hash()));
    let notice = notice(&(&viewer).into(), Told::PasswordChanged, now, &site)?;
    let is_changed = db
        .write(move |conn| {
            confirmation::end_try(conn, &viewer, &sign_in)?;
            let kept = (&sign_in, &renewed_hash, browser.as_ref());
            store::change_password(conn, &viewer, (&hashes.0, &hashes.1), kept, &notice, now)
        })
        .await?;
    if !is_changed {
        let problems = ("current", Problem::Wrong).into();
        return unprocessable(&PasswordPage::of(shell, is_forced, problems));
    }
    bell.ring();
    sign_in::begin(&session, &renewed);
    say(&session, &shell, &Said::PasswordChanged)?;
    // Whoever gave the temporary password may have mistyped the address.
    let is_unproved = is_forced && site.sends_mail && !has_proved_mailbox;
    Ok(see_other(if is_unproved { paths::people::prove_email() } else { paths::start() }))
}

impl PasswordPage {
    fn of(shell: Shell, is_forced: bool, problems: Problems) -> Self {
        Self { shell, is_forced, problems, wait: None, is_busy: false }
    }
}
