//! A file in pieces, as rows of a table hold it: several instances may share a database, and no folder.

use actix_web::web::Bytes;
use anyhow::anyhow;
use data_encoding::BASE64;

use crate::error::{Error, Result};

/// So many bytes are in a piece, but for the last one.
pub const SIZE: usize = 256 * 1024;

/// A piece as text.
pub fn written(piece: &[u8]) -> String {
    BASE64.encode(piece)
}

/// # Errors
/// When it is none.
pub fn read(written: &str) -> Result<Bytes> {
    let piece = BASE64.decode(written.as_bytes());
    piece.map(Bytes::from).map_err(|error| Error::Internal(anyhow!("a piece of an export: {error}")))
}
