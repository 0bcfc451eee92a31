//! Letters that nobody got, of all organisations: whose, to whom and why, never what they say.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::access::Allowed;
use crate::access::permission::{SeeInstallation, SendLettersAgain};
use crate::db::Db;
use crate::error::{Error, Result};
use crate::mail::carrier::Bell;
use crate::operator::model::FailedLetter;
use crate::operator::store::failures::{page_of, send_again};
use crate::values::id::LetterId;
use crate::values::moment::Moment;
use crate::web::pager::{Cursor, Pager};
use crate::web::{Notice, Shell, page, see_other};

const PATH: &str = "/operator/letters";

#[derive(Template)]
#[template(path = "operator/letters.html")]
struct LetterListPage {
    shell: Shell,
    rows: Vec<FailedLetter>,
    pager: Pager,
    may_send: bool,
}

/// `GET /operator/letters`
pub async fn list(
    shell: Shell,
    may: Allowed<SeeInstallation>,
    db: web::Data<Db>,
    web::Query(cursor): web::Query<Cursor>,
) -> Result<HttpResponse> {
    let start = cursor.start();
    let may_send = may.may::<SendLettersAgain>();
    let found = db.read(move |conn| page_of(conn, &may, &start)).await?;
    let pager = Pager::new(&found, PATH, &());
    page(&LetterListPage { shell, rows: found.rows, pager, may_send })
}

/// `POST /operator/letters/{id}/delivery`
pub async fn deliver(
    session: Session,
    may: Allowed<SendLettersAgain>,
    (db, bell): (web::Data<Db>, web::Data<Bell>),
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = LetterId::parse(&id).ok_or(Error::NotFound)?;
    let now = Moment::now();
    if db.write(move |conn| send_again(conn, &may, &id, now)).await? {
        bell.ring();
        Notice::LetterQueued.put(&session);
    } else {
        Notice::LetterNotQueued.put(&session);
    }
    Ok(see_other(PATH))
}
