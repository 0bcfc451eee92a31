//! The pages that the mailed links about an address lead to. Opening one changes nothing, since mail programs open links
//! by themselves; a button does.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use crate::error::Result;
use crate::language::filters;
use crate::paths;
use crate::people::said::Said;
use crate::people::store::address::{self, Link, Objected, Proved};
use crate::values::moment::Moment;
use crate::values::token::Token;
use crate::web::{Shell, Visit};

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
pub async fn proof(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    match find_proof(&visit, &token).await? {
        Some((_, link)) => visit.page(&ProofPage { shell: visit.shell(), link, is_taken: false }),
        None => closed(&visit),
    }
}

/// `POST /email-proof/{token}`
pub async fn prove(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let Some((token, link)) = find_proof(&visit, &token).await? else { return closed(&visit) };
    let now = Moment::now();
    match visit.write(move |conn| address::prove(conn, &token.hash(), now)).await? {
        Proved::Now => {
            let said = match link.is_change() {
                true => Said::AddressChanged { to: &link.new },
                false => Said::AddressProved,
            };
            let is_inside = visit.shell().viewer.is_some();
            visit.done(&said, if is_inside { paths::people::email() } else { paths::session::sign_in() })
        }
        Proved::Taken => {
            visit.with_status(StatusCode::CONFLICT, &ProofPage { shell: visit.shell(), link, is_taken: true })
        }
        Proved::Closed => closed(&visit),
    }
}

/// `GET /email-objection/{token}`
pub async fn objection(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    match find_objection(&visit, &token).await? {
        Some((_, link)) => visit.page(&ObjectionPage { shell: visit.shell(), link, objected: None }),
        None => closed(&visit),
    }
}

/// `POST /email-objection/{token}`
pub async fn object(visit: Visit, token: web::Path<String>) -> Result<HttpResponse> {
    let Some((token, link)) = find_objection(&visit, &token).await? else { return closed(&visit) };
    let now = Moment::now();
    match visit.write(move |conn| address::object(conn, &token.hash(), now)).await? {
        Objected::Closed => closed(&visit),
        objected => visit.page(&ObjectionPage { shell: visit.shell(), link, objected: Some(objected) }),
    }
}

fn closed(visit: &Visit) -> Result<HttpResponse> {
    visit.with_status(StatusCode::GONE, &LinkClosedPage { shell: visit.shell() })
}

async fn find_proof(visit: &Visit, token: &str) -> Result<Option<(Token, Link)>> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let (hash, now) = (token.hash(), Moment::now());
    let link = visit.read(move |conn| address::proof(conn, &hash, now)).await?;
    Ok(link.map(|link| (token, link)))
}

async fn find_objection(visit: &Visit, token: &str) -> Result<Option<(Token, Link)>> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let (hash, now) = (token.hash(), Moment::now());
    let link = visit.read(move |conn| address::objection(conn, &hash, now)).await?;
    Ok(link.map(|link| (token, link)))
}
