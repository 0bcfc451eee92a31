//! Letters that nobody got, or not yet, of all organisations: whose, to whom and why, never what they say.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::{SeeInstallation, SendLettersAgain};
use crate::db::{Connection, Db};
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::mail::kind::Kinds;
use crate::mail::letter::LetterState;
use crate::mail::outbox;
use crate::mail::standing::{Standing, standing};
use crate::operator::model::ListedLetter;
use crate::operator::said::Said;
use crate::operator::store::letters::page_of;
use crate::paths;
use crate::session::postage;
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Shell, page, say, see_other};

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
pub async fn failed(
    shell: Shell,
    may: Allowed<SeeInstallation>,
    db: web::Data<Db>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    list(shell, may, &db, LetterState::Failed, &cursor).await
}

/// `GET /operator/letters/waiting`
pub async fn waiting(
    shell: Shell,
    may: Allowed<SeeInstallation>,
    db: web::Data<Db>,
    cursor: web::Query<Cursor>,
) -> Result<HttpResponse> {
    list(shell, may, &db, LetterState::Waiting, &cursor).await
}

async fn list(
    shell: Shell,
    may: Allowed<SeeInstallation>,
    db: &Db,
    state: LetterState,
    cursor: &Cursor,
) -> Result<HttpResponse> {
    let start = cursor.start();
    let may_send = may.may::<SendLettersAgain>();
    let (found, mail_trouble) =
        db.read(move |conn| Ok((page_of(conn, &may, state, &start)?, standing(conn)?))).await?;
    let waiting = state == LetterState::Waiting;
    let path = if waiting { paths::operator::waiting_letters() } else { paths::operator::failed_letters() };
    let pager = Pager::new(&found, path, &());
    page(&LetterListPage { shell, waiting, rows: found.rows, pager, may_send, mail_trouble })
}

type Tools = (web::Data<Db>, web::Data<Bell>, web::Data<Kinds>);

/// `POST /operator/letters/{id}/delivery`
pub async fn deliver(
    seen: (Shell, Session),
    may: Allowed<SendLettersAgain>,
    tools: Tools,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    try_now(seen, may, tools, &id).await?;
    Ok(see_other(paths::operator::failed_letters()))
}

/// `POST /operator/letters/waiting/{id}/delivery`
pub async fn hurry(
    seen: (Shell, Session),
    may: Allowed<SendLettersAgain>,
    tools: Tools,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    try_now(seen, may, tools, &id).await?;
    Ok(see_other(paths::operator::waiting_letters()))
}

async fn try_now(
    (shell, session): (Shell, Session),
    may: Allowed<SendLettersAgain>,
    (db, bell, kinds): Tools,
    id: &str,
) -> Result<()> {
    let id = LetterId::parse(id).ok_or(Error::NotFound)?;
    let now = Moment::now();
    let again = move |conn: &mut Connection| {
        let letter = outbox::find(conn, &id, kinds.all())?;
        postage::send_again(conn, &may, &letter, now)
    };
    if db.write(again).await? {
        bell.ring();
        say(&session, &shell, &Said::LetterQueued)
    } else {
        say(&session, &shell, &Said::LetterNotQueued)
    }
}
