//! Files of offers between their upload and their use.

use anyhow::anyhow;

use super::import;
use super::keeping::Author;
use crate::access::Allowed;
use crate::access::permission::ManageCatalog;
use crate::catalog::model::sheet::{self, Sheet};
use crate::db::Connection;
use crate::error::{Error, Result};
use crate::previews::model::{Counts, Purpose};
use crate::previews::store::{self as previews, Upload};
use crate::values::id::UploadId;
use crate::values::moment::Moment;

/// What came of applying a file.
#[derive(Debug)]
pub enum Applied {
    Now(Counts),
    Before,
    /// The catalogue changed after the preview, so that the file would do something else.
    Overtaken,
}

/// Keeps a file until it is applied or a day is over.
///
/// # Errors
/// Database errors.
pub fn keep(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    id: &UploadId,
    file: (&str, &str),
    now: Moment,
) -> Result<()> {
    previews::keep(conn, by, (Purpose::Offers, id), file, now)
}

/// A file of the viewer's own in rows, as long as it is kept. What the portal kept before it read workbooks is the text as
/// it was sent.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn find(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    id: &UploadId,
    now: Moment,
) -> Result<(Upload, Sheet)> {
    let upload = previews::find(conn, by, (Purpose::Offers, id), now)?;
    let sheet = Sheet::of_kept(&upload.body).or_else(|| sheet::read(upload.body.as_bytes()).ok());
    let sheet = sheet.ok_or_else(|| Error::Internal(anyhow!("an upload that was kept cannot be read")))?;
    Ok((upload, sheet))
}

/// Applies a file once, if it would do what the preview showed.
///
/// # Errors
/// [`Error::NotFound`]; database errors.
pub fn apply(
    conn: &mut Connection,
    by: &Allowed<ManageCatalog>,
    id: &UploadId,
    mark: &str,
    now: Moment,
) -> Result<Applied> {
    let (upload, sheet) = find(conn, by, id, now)?;
    if upload.applied_at.is_some() {
        return Ok(Applied::Before);
    }
    let file = (upload.file_name.as_str(), &sheet);
    let Some(plan) = import::apply(conn, &Author::of(by), file, Some(mark), now)? else {
        return Ok(Applied::Overtaken);
    };
    let counts = plan.counts();
    previews::set_applied(conn, id, counts, now)?;
    Ok(Applied::Now(counts))
}
