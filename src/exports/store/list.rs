//! Which files were made, the newest first.

use diesel::prelude::*;

use super::row::Row;
use crate::access::Allowed;
use crate::access::permission::{SeeExports, SeeSecurity};
use crate::db::Connection;
use crate::db::schema::exports;
use crate::error::Result;
use crate::exports::model::Export;
use crate::web::pager::{Page, Portion, descending, keyset};

/// Whether somebody sees those of everybody in the organisation.
pub fn sees_all(by: &Allowed<SeeExports>) -> bool {
    by.holds::<SeeSecurity>()
}

/// A portion of those that the viewer sees.
///
/// # Errors
/// Database errors.
pub fn page_of(conn: &mut Connection, by: &Allowed<SeeExports>, portion: &Portion) -> Result<Page<Export>> {
    let mut seen = exports::table.filter(exports::organisation_id.eq(&by.organisation.id)).into_boxed();
    if !sees_all(by) {
        seen = seen.filter(exports::person_id.eq(&by.person));
    }
    let page: Page<Row> = keyset(conn, seen, descending(exports::asked_at, exports::id), portion)?;
    Ok(page.map(Export::from))
}
