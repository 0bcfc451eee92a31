//! A file of a list as its columns are.

use diesel::prelude::*;

use super::list::sees_all;
use crate::access::Allowed;
use crate::access::permission::SeeExports;
use crate::db::Connection;
use crate::db::schema::exports;
use crate::error::{Error, Result};
use crate::exports::model::{Export, State};
use crate::values::id::{ExportId, JobId, OrganisationId, PersonId, SelectionId};
use crate::values::moment::Moment;
use crate::web::export::Format;

#[derive(Queryable, Selectable)]
#[diesel(table_name = exports)]
pub(super) struct Row {
    id: ExportId,
    organisation_id: OrganisationId,
    person_id: PersonId,
    person_name: String,
    route: String,
    path: String,
    query: String,
    filter: String,
    format: Format,
    language: String,
    name: String,
    state: State,
    row_count: i64,
    byte_count: i64,
    downloads: i64,
    asked_at: Moment,
    settled_at: Option<Moment>,
    expires_at: Option<Moment>,
    job_id: JobId,
    settled_by_name: Option<String>,
    selection_id: Option<SelectionId>,
}

impl From<Row> for Export {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            organisation: row.organisation_id,
            person: (row.person_id, row.person_name),
            route: row.route,
            path: row.path,
            query: row.query,
            // What an older version wrote and this one cannot read is left out, not the whole row.
            filter: serde_json::from_str(&row.filter).unwrap_or_default(),
            format: row.format,
            language: row.language,
            name: row.name,
            state: row.state,
            rows: row.row_count,
            bytes: row.byte_count,
            downloads: row.downloads,
            asked_at: row.asked_at,
            settled_at: row.settled_at,
            settled_by: row.settled_by_name,
            expires_at: row.expires_at,
            job: row.job_id,
            selection: row.selection_id,
        }
    }
}

/// One of the viewer's organisation: the viewer's own, and those of others for whoever sees the Security log.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub fn find(conn: &mut Connection, by: &Allowed<SeeExports>, id: &ExportId) -> Result<Export> {
    let row: Row = exports::table
        .filter(exports::id.eq(id))
        .filter(exports::organisation_id.eq(&by.organisation.id))
        .select(Row::as_select())
        .first(conn)?;
    let export = Export::from(row);
    if export.is_of(&by.person) || sees_all(by) { Ok(export) } else { Err(Error::NotFound) }
}

/// Any of them, for the portal's own work.
///
/// # Errors
/// [`Error::NotFound`] when there is none; database errors.
pub(super) fn read(conn: &mut Connection, id: &ExportId) -> Result<Export> {
    let row: Row = exports::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(row.into())
}
