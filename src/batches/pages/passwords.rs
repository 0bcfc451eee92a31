//! Passwords of users whom a file added: as a file that is made while it is sent, or as links by mail.

use actix_web::web::Bytes;
use actix_web::{Error as ActixError, HttpResponse, web};
use futures_util::stream::{once, try_unfold};
use futures_util::{Stream, StreamExt as _, TryStreamExt as _};

use super::batch_id;
use crate::access::Allowed;
use crate::access::permission::AddUsers;
use crate::activity::Action;
use crate::batches::commands::{self, hand_over_some};
use crate::batches::form::MarkForm;
use crate::batches::of_users::OfUsers;
use crate::batches::said::Said;
use crate::batches::store::handing::{self, Claimed};
use crate::db::Db;
use crate::error::Result;
use crate::paths;
use crate::values::id::BatchId;
use crate::values::moment::Moment;
use crate::web::export::{Format, attachment};
use crate::web::{Ask, csv};

/// How the file is called.
const FILE: &str = "credentials.csv";
/// What stands above its columns.
const COLUMNS: [&str; 3] = ["Display name", "User name", "Temporary password"];

/// `POST /uploads/{id}/passwords`
pub async fn download(
    ask: Ask<AddUsers>,
    id: web::Path<String>,
    web::Form(MarkForm { mark }): web::Form<MarkForm>,
) -> Result<HttpResponse> {
    let (id, now) = (batch_id(&id)?, Moment::now());
    let said = match ask.write(move |conn, by| handing::claim(conn, by, (&id, &mark), now)).await? {
        Claimed::Now => None,
        Claimed::Overtaken => Some(Said::Overtaken),
        Claimed::NotNow => Some(Said::NotNow),
    };
    if let Some(said) = said {
        return ask.done(&said, paths::batches::show(&id));
    }
    let head = csv::head(&COLUMNS);
    let rows = rows(ask.db.clone(), ask.by.clone(), (id, now));
    let file = once(async { head }).chain(rows).map_err(ActixError::from);
    Ok(attachment(Format::Csv.content_type(), FILE).streaming(file))
}

/// `POST /uploads/{id}/links`
pub async fn mail(ask: Ask<AddUsers>, id: web::Path<String>) -> Result<HttpResponse> {
    let id = batch_id(&id)?;
    let begun = commands::mail::<OfUsers>(&ask, &ask.by, (id, Action::MailLinks)).await?;
    ask.done(&if begun { Said::MailingBegun } else { Said::NotNow }, paths::batches::show(&id))
}

/// The passwords, made portion by portion. Where the download breaks off, whoever got none still waits for one.
fn rows(
    db: Db,
    by: Allowed<AddUsers>,
    (id, claimed): (BatchId, Moment),
) -> impl Stream<Item = Result<Bytes>> {
    try_unfold((db, by, 0), move |(db, by, after)| async move {
        let Some((handed, last)) = hand_over_some(&db, &by, (id, claimed, after)).await? else {
            return Ok(None);
        };
        let rows = handed.into_iter().map(|(user, password)| {
            vec![user.member.name, user.member.email.to_string(), password.reveal().to_owned()]
        });
        Ok(Some((csv::rows(rows)?, (db, by, last))))
    })
}
