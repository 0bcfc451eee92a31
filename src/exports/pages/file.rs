//! A file that is there, for whoever asked for it.

use actix_web::web::Bytes;
use actix_web::{Error as ActixError, HttpMessage as _, HttpResponse, web};
use anyhow::anyhow;
use futures_util::stream::{empty, try_unfold};
use futures_util::{Stream, TryStreamExt as _};

use super::export_id;
use crate::access::permission::SeeExports;
use crate::db::Db;
use crate::error::Result;
use crate::exports::model::Export;
use crate::exports::said::Said;
use crate::exports::store::{pieces, taking};
use crate::paths;
use crate::values::moment::Moment;
use crate::web::export::{TakenFrom, attachment};
use crate::web::{Ask, head};

/// `GET /exports/{id}/file`
pub async fn take(ask: Ask<SeeExports>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, site, now) = (export_id(&id)?, ask.site.clone(), Moment::now());
    // Who only looks whether it is there has not taken it.
    let is_looked_for = head::is_enough(ask.request());
    let taken = ask.write(move |conn, by| taking::take(conn, by, (&id, !is_looked_for), &site, now)).await?;
    let Some(export) = taken else { return ask.done(&Said::Gone, paths::exports::show(&id)) };
    let mut response = attachment(export.format.content_type(), &export.format.file_name(&export.name));
    if is_looked_for {
        return Ok(response.streaming(empty::<Result<Bytes, ActixError>>()));
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
