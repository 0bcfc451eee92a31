//! The page that a mailed link leads to: choose a password.

use actix_session::Session;
use actix_web::cookie::Key;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use crate::db::Db;
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::paths;
use crate::people::form::ChosenPasswordForm;
use crate::people::said::Said;
use crate::people::store::passwords::{Linked, Purpose, linked, set_by_link};
use crate::session::browser;
use crate::session::letters::account_news::{Told, notice};
use crate::session::origin::origin_of;
use crate::session::store::addressee;
use crate::session::tally::Network;
use crate::values::moment::Moment;
use crate::values::password::{OwnWords, Turns};
use crate::values::token::Token;
use crate::web::page::{busy, with_status};
use crate::web::{Problems, Shell, Site, page, say, see_other, unprocessable};

#[derive(Template)]
#[template(path = "people/chosen_password.html")]
struct ChosenPasswordPage {
    shell: Shell,
    linked: Linked,
    problems: Problems,
    /// Too many passwords are being checked; nothing was done.
    is_busy: bool,
}

/// The link is unknown, used or too old; nothing tells which.
#[derive(Template)]
#[template(path = "people/link_closed.html")]
struct LinkClosedPage {
    shell: Shell,
}

/// `GET /set-password/{token}`
pub async fn edit(shell: Shell, db: web::Data<Db>, token: web::Path<String>) -> Result<HttpResponse> {
    match look(&db, &token).await? {
        Some(linked) => page(&ChosenPasswordPage::of(shell, linked, Problems::default())),
        None => with_status(StatusCode::GONE, &LinkClosedPage { shell }),
    }
}

/// `POST /set-password/{token}`
pub async fn update(
    request: HttpRequest,
    (shell, session): (Shell, Session),
    (db, site, key, bell): (web::Data<Db>, web::Data<Site>, web::Data<Key>, web::Data<Bell>),
    turns: web::Data<Turns>,
    token: web::Path<String>,
    web::Form(form): web::Form<ChosenPasswordForm>,
) -> Result<HttpResponse> {
    let (Some(linked), Some(token)) = (look(&db, &token).await?, Token::parse(&token)) else {
        return with_status(StatusCode::GONE, &LinkClosedPage { shell });
    };
    let own = OwnWords {
        address: linked.email.as_str(),
        organisation: &linked.organisation,
        installation: &site.name,
    };
    let password = match form.parse(&own) {
        Ok(password) => password,
        Err(problems) => return unprocessable(&ChosenPasswordPage::of(shell, linked, problems)),
    };
    let Ok(turn) = turns.take().await else {
        let page = ChosenPasswordPage::of(shell, linked, Problems::default());
        return busy(&ChosenPasswordPage { is_busy: true, ..page });
    };
    let hash = turn.work(move |turn| password.hash(turn)).await?;
    let (now, person) = (Moment::now(), linked.person.clone());
    let whom = db.read(move |conn| addressee(conn, &person)).await?;
    let notice = notice(&whom, Told::PasswordChanged, now, &site)?;
    let browser = browser::token(&request, &key, &site).unwrap_or_else(Token::random);
    let network = Network::of(&origin_of(&request, &site).address);
    let by = (token.hash(), browser.hash());
    let set = db.write(move |conn| set_by_link(conn, (&by.0, &by.1, &network), &hash, &notice, now)).await?;
    if !set {
        return with_status(StatusCode::GONE, &LinkClosedPage { shell });
    }
    bell.ring();
    say(&session, &shell, &Said::PasswordChosen)?;
    let mut response = see_other(paths::session::sign_in());
    browser::keep(&mut response, &browser, &key, &site)?;
    Ok(response)
}

impl ChosenPasswordPage {
    fn of(shell: Shell, linked: Linked, problems: Problems) -> Self {
        Self { shell, linked, problems, is_busy: false }
    }
}

async fn look(db: &Db, token: &str) -> Result<Option<Linked>> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    db.read(move |conn| linked(conn, &token.hash(), Moment::now())).await
}
