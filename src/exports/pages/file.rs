//! A file that is there, for whoever asked for it.

use actix_web::web::Bytes;
use actix_web::{Error as ActixError, HttpMessage as _, HttpResponse, web};
use anyhow::anyhow;
use futures_util::stream::try_unfold;
use futures_util::{Stream, TryStreamExt as _};

use super::export_id;
use crate::access::permission::SeeExports;
use crate::db::Db;
use crate::error::Result;
use crate::exports::model::Export;
use crate::exports::said::Said;
use crate::exports::store::{closing, pieces, taking};
use crate::paths;
use crate::values::moment::Moment;
use crate::web::export::{TakenFrom, attachment};
use crate::web::{Ask, head};

/// `GET /exports/{id}/file`
pub async fn take(ask: Ask<SeeExports>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, site, now) = (export_id(&id)?, ask.site.clone(), Moment::now());
    let offered = ask.read(move |conn, by| taking::offered(conn, by, &id, &site, now)).await?;
    let Some(export) = offered else {
        ask.write(move |conn, _| closing::expire(conn, &id, now)).await?;
        return ask.done(&Said::Gone, paths::exports::show(&id));
    };
    let mut response = attachment(export.format.content_type(), &export.format.file_name(&export.name));
    // Who only looks whether it is there has not taken it.
    if head::is_enough(ask.request()) {
        return Ok(response.finish());
    }
    if !ask.write(move |conn, _| taking::count(conn, &id)).await? {
        return ask.done(&Said::Gone, paths::exports::show(&id));
    }
    ask.request().extensions_mut().insert(TakenFrom(export.route.clone()));
    Ok(response.streaming(whole(ask.db.clone(), export).map_err(ActixError::from)))
}

/// The file, to its last byte. Where a piece is missing, as when it is deleted meanwhile, the download breaks off:
/// otherwise a browser would keep a part of it as all there is.
fn whole(db: Db, export: Export) -> impl Stream<Item = Result<Bytes>> {
    let (id, bytes) = (export.id, u64::try_from(export.bytes).unwrap_or_default());
    try_unfold((db, 0, bytes), move |(db, number, left)| async move {
        if left == 0 {
            return Ok(None);
        }
        let piece = db.read(move |conn| pieces::read(conn, &id, number)).await?;
        let piece = piece.ok_or_else(|| anyhow!("piece {number} of the export {id} is gone"))?;
        let left = left.saturating_sub(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        Ok(Some((piece.into(), (db, number + 1, left))))
    })
}
