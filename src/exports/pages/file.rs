//! A file that is there, for whoever asked for it.

use actix_web::web::Bytes;
use actix_web::{Error as ActixError, HttpMessage as _, HttpResponse, web};
use futures_util::stream::try_unfold;

use super::export_id;
use crate::access::permission::SeeExports;
use crate::db::Db;
use crate::error::Result;
use crate::exports::said::Said;
use crate::exports::store::taking;
use crate::paths;
use crate::values::id::ExportId;
use crate::values::moment::Moment;
use crate::web::Ask;
use crate::web::export::{TakenFrom, as_attachment, pieces};

/// `GET /exports/{id}/file`
pub async fn take(ask: Ask<SeeExports>, id: web::Path<String>) -> Result<HttpResponse> {
    let (id, site, now) = (export_id(&id)?, ask.site.clone(), Moment::now());
    let taken = ask.write(move |conn, by| taking::take(conn, by, &id, &site, now)).await?;
    let Some(export) = taken else { return ask.done(&Said::Gone, paths::exports::show(&id)) };
    ask.request().extensions_mut().insert(TakenFrom(export.route));
    let body = try_unfold((ask.db.clone(), 0), move |(db, number)| async move {
        let piece = piece(&db, id, number).await?;
        Ok::<_, ActixError>(piece.map(|piece| (piece, (db, number + 1))))
    });
    Ok(as_attachment(export.format, &export.name, body))
}

async fn piece(db: &Db, id: ExportId, number: i64) -> Result<Option<Bytes>> {
    let written = db.read(move |conn| taking::piece(conn, &id, number)).await?;
    written.map(|written| pieces::read(&written)).transpose()
}
