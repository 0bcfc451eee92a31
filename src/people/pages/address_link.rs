//! The pages that the mailed links about an address lead to. Opening one changes nothing, since mail programs open links
//! by themselves; a button does.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::db::Db;
use crate::error::Result;
use crate::paths;
use crate::people::said::Said;
use crate::people::store::address::{self, Link, Objected, Proved};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::page::with_status;
use crate::web::{Shell, page, say, see_other};

#[derive(Template)]
#[template(path = "people/email_proof.html")]
struct ProofPage {
    shell: Shell,
    link: Link,
    /// Somebody else signs in with the address.
    is_taken: bool,
}

#[derive(Template)]
#[template(path = "people/email_objection.html")]
struct ObjectionPage {
    shell: Shell,
    link: Link,
    /// What came of it, once it was pressed.
    objected: Option<Objected>,
}

/// The link is unknown, used or too old; nothing tells which.
#[derive(Template)]
#[template(path = "people/email_link_closed.html")]
struct LinkClosedPage {
    shell: Shell,
}

/// `GET /email-proof/{token}`
pub async fn proof(shell: Shell, db: web::Data<Db>, token: web::Path<String>) -> Result<HttpResponse> {
    match find_proof(&db, &token).await? {
        Some((_, link)) => page(&ProofPage { shell, link, is_taken: false }),
        None => closed(shell),
    }
}

/// `POST /email-proof/{token}`
pub async fn prove(
    (shell, session): (Shell, Session),
    db: web::Data<Db>,
    token: web::Path<String>,
) -> Result<HttpResponse> {
    let Some((token, link)) = find_proof(&db, &token).await? else { return closed(shell) };
    let now = Moment::now();
    match db.write(move |conn| address::prove(conn, &token.hash(), now)).await? {
        Proved::Now => {
            let said = match link.is_change() {
                true => Said::AddressChanged { to: &link.new },
                false => Said::AddressProved,
            };
            say(&session, &shell, &said)?;
            let is_inside = shell.viewer.is_some();
            Ok(see_other(if is_inside { paths::people::email() } else { paths::session::sign_in() }))
        }
        Proved::Taken => with_status(StatusCode::CONFLICT, &ProofPage { shell, link, is_taken: true }),
        Proved::Closed => closed(shell),
    }
}

/// `GET /email-objection/{token}`
pub async fn objection(shell: Shell, db: web::Data<Db>, token: web::Path<String>) -> Result<HttpResponse> {
    match find_objection(&db, &token).await? {
        Some((_, link)) => page(&ObjectionPage { shell, link, objected: None }),
        None => closed(shell),
    }
}

/// `POST /email-objection/{token}`
pub async fn object(shell: Shell, db: web::Data<Db>, token: web::Path<String>) -> Result<HttpResponse> {
    let Some((token, link)) = find_objection(&db, &token).await? else { return closed(shell) };
    let now = Moment::now();
    match db.write(move |conn| address::object(conn, &token.hash(), now)).await? {
        Objected::Closed => closed(shell),
        objected => page(&ObjectionPage { shell, link, objected: Some(objected) }),
    }
}

fn closed(shell: Shell) -> Result<HttpResponse> {
    with_status(StatusCode::GONE, &LinkClosedPage { shell })
}

async fn find_proof(db: &Db, token: &str) -> Result<Option<(Token, Link)>> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let (hash, now) = (token.hash(), Moment::now());
    let link = db.read(move |conn| address::proof(conn, &hash, now)).await?;
    Ok(link.map(|link| (token, link)))
}

async fn find_objection(db: &Db, token: &str) -> Result<Option<(Token, Link)>> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let (hash, now) = (token.hash(), Moment::now());
    let link = db.read(move |conn| address::objection(conn, &hash, now)).await?;
    Ok(link.map(|link| (token, link)))
}
