//! Removing the second factor of a member who has lost it.

use actix_session::Session;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::person_id;
use super::show::again;
use crate::access::Allowed;
use crate::access::permission::OpenAccounts;
use crate::db::Db;
use crate::error::Result;
use crate::mail::carrier::Bell;
use crate::paths;
use crate::people::model::Member;
use crate::people::said::Said;
use crate::people::store::change::hindrance;
use crate::people::store::list::find;
use crate::people::store::second_factor::reset;
use crate::session::letters::account_news::{Told, notice};
use crate::session::store::addressee;
use crate::values::moment::Moment;
use crate::web::{Shell, Site, page, say, see_other};

#[derive(Template)]
#[template(path = "people/second_factor_removal.html")]
struct RemovalPage {
    shell: Shell,
    member: Member,
}

/// `GET /people/{id}/second-factor/removal`
pub async fn confirm(
    shell: Shell,
    may: Allowed<OpenAccounts>,
    db: web::Data<Db>,
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let id = person_id(&id)?;
    let (own, wanted) = (may.organisation.id.clone(), id.clone());
    let member = db.read(move |conn| find(conn, &own, &wanted)).await?;
    match hindrance(&may, &member) {
        Some(refusal) => again(shell, &may, &db, &id, refusal).await,
        None => page(&RemovalPage { shell, member }),
    }
}

/// `POST /people/{id}/second-factor/removal`
pub async fn remove(
    (shell, session): (Shell, Session),
    may: Allowed<OpenAccounts>,
    (db, site, bell): (web::Data<Db>, web::Data<Site>, web::Data<Bell>),
    id: web::Path<String>,
) -> Result<HttpResponse> {
    let (id, now) = (person_id(&id)?, Moment::now());
    let (own, wanted) = (may.organisation.id.clone(), id.clone());
    let to =
        db.read(move |conn| find(conn, &own, &wanted).and_then(|member| addressee(conn, &member.id))).await?;
    let letter = notice(&to, Told::SecondFactorReset { by: &may.name }, now, &site)?;
    let (by, of) = (may.clone(), id.clone());
    match db.write(move |conn| reset(conn, &by, &of, &letter, now)).await? {
        Ok(is_done) => {
            bell.ring();
            let said = if is_done { Said::SecondFactorRemoved } else { Said::NothingChanged };
            say(&session, &shell, &said)?;
            Ok(see_other(paths::people::show(&id)))
        }
        Err(refusal) => again(shell, &may, &db, &id, refusal).await,
    }
}
