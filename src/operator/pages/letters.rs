//! Letters that nobody got, or not yet, of all organisations: whose, to whom and why, never what they say.

use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::permission::{SeeInstallation, SendLettersAgain};
use crate::error::{Error, Result};
use crate::language::filters;
use crate::mail::kind::Kinds;
use crate::mail::letter::LetterState;
use crate::mail::standing::{Standing, standing};
use crate::operator::commands;
use crate::operator::model::ListedLetter;
use crate::operator::said::Said;
use crate::operator::store::letters::page_of;
use crate::paths;
use crate::values::id::LetterId;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Ask, Shell};

#[derive(Template)]
#[template(path = "operator/letters.html")]
struct LetterListPage {
    shell: Shell,
    /// Whether the letters still wait, instead of having failed.
    waiting: bool,
    rows: Vec<ListedLetter>,
    pager: Pager,
    may_send: bool,
    mail_trouble: Option<Standing>,
}

/// `GET /operator/letters`
pub async fn failed(ask: Ask<SeeInstallation>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    list(&ask, LetterState::Failed, &cursor).await
}

/// `GET /operator/letters/waiting`
pub async fn waiting(ask: Ask<SeeInstallation>, cursor: web::Query<Cursor>) -> Result<HttpResponse> {
    list(&ask, LetterState::Waiting, &cursor).await
}

async fn list(ask: &Ask<SeeInstallation>, state: LetterState, cursor: &Cursor) -> Result<HttpResponse> {
    let (portion, clock) = (cursor.portion(), ask.clock.clone());
    let (found, mail_trouble) =
        ask.read(move |conn, by| Ok((page_of(conn, by, state, &portion, &clock)?, standing(conn)?))).await?;
    let waiting = state == LetterState::Waiting;
    let path = if waiting { paths::operator::waiting_letters() } else { paths::operator::failed_letters() };
    let (pager, may_send) = (Pager::new(&found, path, &()), ask.by.may::<SendLettersAgain>());
    ask.page(&LetterListPage { shell: ask.shell(), waiting, rows: found.rows, pager, may_send, mail_trouble })
}

/// `POST /operator/letters/{id}/delivery`
pub async fn deliver(
    ask: Ask<SendLettersAgain>,
    kinds: web::Data<Kinds>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    try_now(&ask, &kinds, &id, paths::operator::failed_letters()).await
}

/// `POST /operator/letters/waiting/{id}/delivery`
pub async fn hurry(
    ask: Ask<SendLettersAgain>,
    kinds: web::Data<Kinds>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    try_now(&ask, &kinds, &id, paths::operator::waiting_letters()).await
}

async fn try_now(ask: &Ask<SendLettersAgain>, kinds: &Kinds, id: &str, list: &str) -> Result<HttpResponse> {
    let id = LetterId::parse(id).ok_or(Error::NotFound)?;
    let is_queued = commands::send_again(ask, &ask.by, id, kinds).await?;
    ask.done(if is_queued { &Said::LetterQueued } else { &Said::LetterNotQueued }, list)
}
