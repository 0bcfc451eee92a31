//! A file in pieces, as rows of a table hold it: several instances may share a database, and no folder. Each is kept as
//! base64, and deleting goes in small steps: what is gone is overwritten, and nobody waits while a gigabyte is.

use anyhow::anyhow;
use data_encoding::BASE64;
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::export_pieces;
use crate::error::Result;
use crate::values::id::ExportId;

/// So many bytes are in a piece, but for the last one.
pub const SIZE: u64 = 256 * 1024;
/// So many are deleted at once.
const STEP: i64 = 16;

/// A piece as it is kept.
pub fn written(piece: &[u8]) -> String {
    BASE64.encode(piece)
}

/// Keeps a piece that is [`written`].
///
/// # Errors
/// Database errors.
pub(super) fn put(conn: &mut Connection, id: &ExportId, number: i64, written: &str) -> Result<()> {
    diesel::insert_into(export_pieces::table)
        .values((
            export_pieces::export_id.eq(id),
            export_pieces::number.eq(number),
            export_pieces::body.eq(written),
        ))
        .execute(conn)?;
    Ok(())
}

/// A piece of a file; none where there is none.
///
/// # Errors
/// Database errors.
pub fn read(conn: &mut Connection, id: &ExportId, number: i64) -> Result<Option<Vec<u8>>> {
    let body: Option<String> =
        export_pieces::table.find((id, number)).select(export_pieces::body).first(conn).optional()?;
    let Some(body) = body else { return Ok(None) };
    let piece = BASE64.decode(body.as_bytes());
    piece.map(Some).map_err(|error| anyhow!("a piece of an export: {error}").into())
}

/// Deletes some pieces of a file, and answers how many.
///
/// # Errors
/// Database errors.
pub fn clear_some(conn: &mut Connection, id: &ExportId) -> Result<usize> {
    let of = export_pieces::table.filter(export_pieces::export_id.eq(id));
    let numbers: Vec<i64> =
        of.order(export_pieces::number).select(export_pieces::number).limit(STEP).load(conn)?;
    let Some(last) = numbers.last() else { return Ok(0) };
    Ok(diesel::delete(of.filter(export_pieces::number.le(*last))).execute(conn)?)
}
